/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The sentences of this program in Chinese. A translation has its original's conversions, in their order. */
#include "chinese.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct translation {
    const char *english, *chinese;
} translation;

static const translation complaints[] = {
    { "cannot make the folder for %s: %s", "无法为 %s 建立文件夹：%s" },
    { "no archive at %s; make one with: bulletin import PATH",
      "%s 处没有档案库；请先建立：bulletin import 路径" },
    { "no place for an archive: give --db PATH or set HOME",
      "没有放档案库的地方：请给出 --db 路径，或设置 HOME" },
    { "unknown command %s; did you mean %s?", "没有命令 %s；是否想用 %s？" },
    { "unknown command %s", "没有命令 %s" },
    { "see: %s --help", "用法见：%s --help" },
    { "name a command", "请给出命令" },
    { "--%s is one of %s, not %s", "--%s 只能是 %s 之一，不能是 %s" },
    { "--%s needs a whole number, not %s", "--%s 需要整数，不能是 %s" },
    { "unknown option --%s", "没有选项 --%s" },
    { "unknown option --%s; did you mean --%s?", "没有选项 --%s；是否想用 --%s？" },
    { "--%s needs a value: %s", "--%s 需要一个值：%s" },
    { "--%s takes no value", "--%s 不带值" },
    { "%s takes no %s", "%s 不接受 %s" },
    { "unknown option -%c; write -- before words that begin with -",
      "没有选项 -%c；以 - 开头的词前面请加 --" },
    { "name what to extract: files, folders, or - for standard input",
      "请给出要提取的文件或文件夹，- 表示标准输入" },
    { "name what to import: files, folders, or - for standard input",
      "请给出要导入的文件或文件夹，- 表示标准输入" },
    { "name what to remove: a query, or --id N", "请给出要删除的查询，或编号：--id N" },
    { "name what to remove by a query or by --id, not by both",
      "删除的对象请用查询或 --id 给出，不能两者都用" },
    { "name one file to copy the archive to", "请给出一个要把档案库复制到的文件" },
    { "%s exists; --force replaces it", "%s 已存在；--force 可替换它" },
    { "-0 goes with --files-from", "-0 只用于 --files-from" },
    { "--jobs is a number of threads", "--jobs 是线程的数目" },
    { "--watch takes files and folders, and imports them", "--watch 只接受文件和文件夹，并且会导入" },
    { "standard input can be read for one thing only", "标准输入只能用于一处" },
    { "cannot write %s: %s", "无法写入 %s：%s" },
    { "%s:%" PRIu64 " is no line of an error list", "%s:%" PRIu64 " 不是失败清单的一行" },
    { "cannot watch %s: %s", "无法监视 %s：%s" },
    { "too many folders to watch; raise the system's limit: sysctl fs.inotify.max_user_watches",
      "要监视的文件夹太多；请提高系统的上限：sysctl fs.inotify.max_user_watches" },
    { "nothing is left to watch", "已没有可监视的文件夹" },
    { "this system has no inotify to watch folders with; import them from time to time instead",
      "本系统没有可监视文件夹的 inotify；请改为定时导入" },
    { "name the ids to show", "请给出要显示的编号" },
    { "there is no copy of bulletin %s", "通讯 %s 没有转载" },
    { "  and %zu more of the story", "  同一报道另有 %zu 篇" },
    { "an id is a whole number, not %s", "编号是整数，不能是 %s" },
    { "no bulletin has the id %s", "没有编号为 %s 的通讯" },
    { "remove needs --yes when nobody can be asked", "无法询问时，remove 需要 --yes" },
    { "--batch prints json, not %s", "--batch 输出 json，不能是 %s" },
    { "--excel goes with --format csv", "--excel 只用于 --format csv" },
    { "--excel goes with --format csv or kwic", "--excel 只用于 --format csv 或 kwic" },
    { "--fields goes with --format json, jsonl or csv", "--fields 只用于 --format json、jsonl 或 csv" },
    { "a hit has no field %s", "结果没有字段 %s" },
    { "a hit has no field %s; did you mean %s?", "结果没有字段 %s；是否想用 %s？" },
    { "with --batch the queries are in the file, not %s", "用 --batch 时查询在文件里，不能再给 %s" },
    { "--provenance goes with one query, not with --batch", "--provenance 只用于一个查询，不能与 --batch 同用" },
    { "name a shell: bash, zsh or fish", "请给出一种 shell：bash、zsh 或 fish" },
    { "cannot read %s: %s", "无法读取 %s：%s" },
    { "cannot write the output: %s", "无法写出结果：%s" },
};

static const translation answers[] = {
    { "some of the input failed; the rest was done", "部分输入失败，其余已完成" },
    { "out of memory", "内存不足" },
    { "the file system refused", "文件系统拒绝了操作" },
    { "another process is writing to the archive; try again, or wait with --wait SECONDS",
      "另一个进程正在写入档案库；请稍后再试，或用 --wait 秒数 等待" },
    { "not an archive, or a damaged one; see: bulletin check",
      "不是档案库，或已损坏；请运行 bulletin check" },
    { "the index was made by another tokenizer; run: bulletin reindex",
      "索引由另一种分词方式建成；请运行 bulletin reindex" },
    { "the archive is of a version that this program does not know", "档案库的版本是本程序不认识的" },
    { "the query cannot be used as it is", "这个查询无法使用" },
    { "the input cannot be read", "输入无法读取" },
    { "no such bulletin", "没有这篇通讯" },
    { "the archive can only be read", "档案库是只读的" },
    { "interrupted; what was finished before stays", "已中断；此前完成的都已保留" },
    { "the library was called in a way it does not allow; please report this",
      "程序以不允许的方式调用了库；请报告此问题" },
};

static const translation remarks[] = {
    { "new archive: %s", "新建档案库：%s" },
    { "no fault found in %s bulletins\n", "%s 篇通讯，未发现问题\n" },
    { "run it again and it goes on where it stopped", "再运行一次即从停下的地方继续" },
    { "undated", "日期不详" },
    { "no bulletin has all the words; these have some of them", "没有一篇含有所有的词；以下只含其中一部分" },
    { "\n%" PRIu64 " of %" PRIu64 "\n", "\n显示 %" PRIu64 " 篇，共 %" PRIu64 " 篇\n" },
    { "\n%" PRIu64 "-%" PRIu64 " of %" PRIu64 "\n", "\n第 %" PRIu64 "-%" PRIu64 " 篇，共 %" PRIu64 " 篇\n" },
    { "\n%" PRIu64 " of at most %" PRIu64 "\n", "\n显示 %" PRIu64 " 篇，至多 %" PRIu64 " 篇\n" },
    { "\n%" PRIu64 "-%" PRIu64 " of at most %" PRIu64 "\n",
      "\n第 %" PRIu64 "-%" PRIu64 " 篇，至多 %" PRIu64 " 篇\n" },
    { "%" PRId64 " bulletins hold it; only the best were looked at for words: --limit 0 looks at all",
      "%" PRId64 " 篇含有这些字，只在其中最相关的篇里看了是否成词；--limit 0 逐篇都看" },
    { "nothing found", "没有找到" },
    { "%" PRId64 " hold it around the article only: --all-text shows them",
      "有 %" PRId64 " 篇只在正文以外的地方出现，用 --all-text 查看" },
    { "%" PRId64 " of the bulletins only inside other words", "其中 %" PRId64 " 篇只出现在别的词里" },
    { "no bulletin has all the words; these have most of them", "没有一篇含有全部词语；以下含有其中大部分" },
    { "%s: also looked for %s", "%s：也查找了 %s" },
    { "%" PRId64 " more match but have no date", "另有 %" PRId64 " 篇符合，但没有日期" },
    { "%" PRIu64 " done, ", "已处理 %" PRIu64 " 篇，" },
    { "%.1f of %.1f MB, ", "%.1f / %.1f MB，" },
    { ", %s left", "，还需 %s" },
    { ", %" PRIu64 " failed", "，失败 %" PRIu64 " 篇" },
    { "%zu of %zu\n", "显示 %zu 篇，共 %zu 篇\n" },
    { "Remove %zu? [y/N] ", "删除 %zu 篇？[y/N] " },
    { "nothing removed", "没有删除" },
    { "nothing stands out", "没有可疑之处" },
    { "bulletin %s was never replaced", "编号 %s 的通讯没有旧版本" },
    { "what failed on standard input cannot be read again", "标准输入中失败的内容无法重读" },
    { "%s is gone and no longer watched", "%s 已不存在，不再监视" },
    { "another program is writing to the archive; this is tried again",
      "另一个程序正在写入档案库；稍后会再试" },
    { "watching %zu folders", "正在监视 %zu 个文件夹" },
    { "%zu changed: added %" PRIu64 ", updated %" PRIu64 ", unchanged %" PRIu64 ", skipped %" PRIu64
      ", failed %" PRIu64,
      "%zu 处变动：新增 %" PRIu64 "，更新 %" PRIu64 "，未变 %" PRIu64 "，略过 %" PRIu64 "，失败 %" PRIu64 },
    { "without text", "没有正文" },
    { "with fewer than 60 characters of text", "正文不足 60 字" },
    { "without a title", "没有标题" },
    { "without a date", "没有日期" },
    { "with broken bytes that were replaced", "含被替换的坏字节" },
    { "whose key another text had already", "键已被另一篇占用" },
    { "whose file no longer exists", "原文件已不存在" },
    { "whose page was mostly something else", "页面大部分不是正文" },
    { "parsed: %s", "查询理解为：%s" },
    { "expansion: %s -> %s (%s, %s) %" PRId64, "扩展：%s -> %s（%s，%s）%" PRId64 },
    { "found: the best of %" PRId64 " bulletins that hold the terms, as words or not",
      "找到：%" PRId64 " 篇含有这些字（无论是否成词），取其中最相关的" },
    { "found: %" PRId64 " bulletins, %" PRId64 " stories; as typed %" PRId64,
      "找到：%" PRId64 " 篇，%" PRId64 " 则；按所输入的词 %" PRId64 " 篇" },
};

static const translation summaries[] = {
    { "Usage: %s [OPTIONS] %s\n\n", "用法：%s [选项] %s\n\n" },
    { "Usage: bulletin [--db PATH] COMMAND [OPTIONS] [ARGUMENTS]\n\n",
      "用法：bulletin [--db 路径] 命令 [选项] [参数]\n\n" },
    { "Full-text search of union and industry bulletins.", "工会与行业通讯的全文检索。" },
    { "put saved pages and records into the archive", "把网页文本和记录导入档案库" },
    { "find bulletins", "检索" },
    { "show bulletins whole", "显示全文" },
    { "show what import would store, without an archive", "显示导入时会存入的内容，不用档案库" },
    { "remove bulletins", "删除" },
    { "bulletins as records that import takes back", "导出为可再导入的记录" },
    { "figures of the archive", "档案库的统计" },
    { "terms of this archive for one thing", "本档案库自己的同义词" },
    { "what may be wrong with bulletins", "列出可能有问题的通讯" },
    { "copy the archive", "复制档案库" },
    { "check the archive for damage", "检查档案库是否损坏" },
    { "make the index anew", "重建索引" },
    { "show the tokens of a text", "显示文本的切分结果" },
    { "show versions", "显示版本" },
    { "show how a command is used", "显示命令的用法" },
    { "Put saved pages (.txt, .md) and records (.jsonl, .ndjson) into the archive.",
      "把网页文本（.txt、.md）和记录（.jsonl、.ndjson）导入档案库。" },
    { "Show what import would store: title, date, source and article, without an archive.",
      "显示导入时会存入的标题、日期、来源和正文，不用档案库。" },
    { "Find bulletins.", "检索通讯。" },
    { "Show bulletins whole, by the ids that search prints.", "按检索结果给出的编号显示全文。" },
    { "Remove bulletins from the archive. Their ids are never used again.",
      "从档案库删除通讯；编号不再使用。" },
    { "Check the archive's file, its index against the text, and every cross-reference.",
      "检查档案库文件、索引与正文是否一致、各处引用是否完整。" },
    { "Make the index anew from the stored text.", "用存储的正文重建索引。" },
    { "Write bulletins as records that import takes back, as references or as a table.",
      "把通讯写成可再导入的记录、参考文献或表格。" },
    { "Show how many bulletins the archive has, from when, from whom and in which languages.",
      "显示档案库有多少通讯、时间范围、来源和语言。" },
    { "Count bulletins that may have been read badly, and show the searches that list them.",
      "统计可能读得不好的通讯，并给出列出它们的检索。" },
    { "Copy the archive as it is now into FILE, while others may go on writing it.",
      "把档案库此刻的内容复制到 FILE；其间他人可继续写入。" },
    { "Show the tokens that the index holds for a text, with their bytes and kinds.",
      "显示一段文本在索引中的切分，附字节范围和类别。" },
    { "Show the library's version, and with --db what the archive says of itself.",
      "显示库的版本；给出 --db 时，也显示档案库自述。" },
};

static const translation options[] = {
    { "the archive to use", "使用的档案库" },
    { "when to colour text", "何时使用颜色" },
    { "show this help", "显示本说明" },
    { "show the version", "显示版本" },
    { "one object a bulletin, or text to read", "每篇一个对象，或供阅读的文本" },
    { "keep these keys apart from those of other sources", "把这批键与其他来源的键分开" },
    { "stop at the first input that fails", "遇到第一个失败的输入就停止" },
    { "read and count, store nothing", "只读取和计数，不存储" },
    { "how the counts are printed", "计数的输出格式" },
    { "also what this file names, a path a line (- = standard input)",
      "另加此文件列出的路径，每行一个（- 为标准输入）" },
    { "the paths of --files-from end with NUL", "--files-from 的路径以 NUL 结尾" },
    { "of folders only files like this; repeatable", "文件夹中只读这样的文件；可重复" },
    { "no files or folders like this; with a / the whole path counts",
      "不读这样的文件或文件夹；含 / 时比对整个路径" },
    { "go on importing what appears in the folders", "持续导入文件夹中出现的内容" },
    { "read unchanged files again that an older version read", "重读旧版本程序读过的未变文件" },
    { "leave bulletins alone whose key is there: for a pipe that starts anew",
      "已有该键的通讯保持不动：用于从头再来的管道" },
    { "write each failure there as JSON Lines: path, line, reason",
      "把每个失败写成 JSON Lines：path、line、reason" },
    { "only the files that this error list names", "只导入此失败清单列出的文件" },
    { "stop after N failures", "失败 N 次后停止" },
    { "threads that read (default: one a processor)", "读取的线程数（默认每个处理器一个）" },
    { "how bulletins are written; jsonl alone is whole", "通讯的输出格式；只有 jsonl 是完整的" },
    { "how the figures are printed", "数字的输出格式" },
    { "lines, or an array of objects", "分行，或对象数组" },
    { "replace a file of that name", "替换同名文件" },
    { "no progress", "不显示进度" },
    { "the 10 bulletins most like it instead", "改为显示与其最相似的 10 篇" },
    { "--versions, --reposts and --similar do not go together", "--versions、--reposts 和 --similar 只能用其一" },
    { "no bulletin is like bulletin %s", "没有与第 %s 篇相似的" },
    { "the other bulletins of its story instead", "改为显示同一报道的其他各篇" },
    { "only stories that N publishers carry", "只要至少 N 家登载的报道" },
    { "--by can be given twice", "--by 最多给两次" },
    { "--by is year, month, day, org, source or lang, not %s",
      "--by 只能是 year、month、day、org、source 或 lang，不能是 %s" },
    { "a row each year, month, day, org, source or lang; twice: both",
      "按年、月、日、机构、来源或语言各一行；给两次则为交叉表" },
    { "how numbers are printed", "数字的输出格式" },
    { "count bulletins, not stories: each repost", "数通讯而不数报道：转载各算一篇" },
    { "count stories and bulletins, by year, source, organization", "按年、来源、机构统计报道与通讯的数目" },
    { "Count stories and bulletins.", "统计报道与通讯的数目。" },
    { "none", "无" },
    { "sum", "合计" },
    { "The columns are stories, bulletins, base and share: base is what the filters leave without QUERY,\n"
      "share is bulletins of base. A story counts once, at the earliest dated of its bulletins found.\n"
      "Two fields make a table of stories, the second across, unless there are more than 32 of it.",
      "各列依次为报道、通讯、基数和占比：基数是不给 QUERY 时符合筛选条件的数目，\n"
      "占比是通讯占基数的份额。一则报道只计一次，计在找到的各篇中日期最早的一篇。\n"
      "两个字段列成报道数的交叉表，第二个横排；其值超过 32 个时逐行列出。" },
    { "the former texts instead, oldest first", "改为显示旧版本，从最旧的开始" },
    { "fail where there is no archive", "没有档案库时失败，不新建" },
    { "mend what the stored text allows", "修复凭所存文本可以修复的问题" },
    { "how long to wait for another writer (default 5)", "等待另一个写入者的时间（默认 5 秒）" },
    { "no progress and no counts", "不显示进度和计数" },
    { "the bulletin with this id; may be repeated", "这个编号的通讯；可重复" },
    { "do not ask", "不询问" },
    { "show what would go, remove nothing", "只显示会删除什么，不删除" },
    { "published on this day or later: 2024, 2024-05-01, 2024年5月, last-month, 3m",
      "此日或以后发布：2024、2024-05-01、2024年5月、上个月、3m" },
    { "published on this day or earlier", "此日或以前发布" },
    { "names this organization; repeated: names all of them", "提到这个机构；重复时须全部提到" },
    { "organizations that bulletins name", "通讯提到的机构" },
    { "those named beside this one", "与它一同被提到的机构" },
    { "short forms that several bulletins introduce and nobody has noted yet", "多篇通讯使用而尚未收录的简称" },
    { "of NAME: itself, with those it followed, with all below it", "NAME 的范围：本机构、含前身、含下属" },
    { "at most so many; 0 is all", "最多多少个；0 为全部" },
    { "how they are printed", "输出格式" },
    { "List organizations that bulletins name, with their names, kind and number of bulletins.",
      "列出通讯提到的机构，及其名称、类别和篇数。" },
    { "Without a name the organizations that most bulletins name. A name that is nobody's whole name means all\n"
      "whose names it is part of. Entries of your own stay in the archive; bulletins in it are looked through again.\n"
      "--alias ALIAS NAME: ALIAS is a name of NAME too. --merge OTHER NAME: all names of OTHER are NAME's.",
      "不给名称时列出被提到最多的机构。不是任何机构全名的名称，指名称中含有它的所有机构。\n"
      "自己的条目存在库中；库中的通讯会重新识别。\n"
      "--alias ALIAS NAME：ALIAS 也是 NAME 的名称。--merge OTHER NAME：OTHER 的所有名称归于 NAME。" },
    { "note an organization", "登记一个机构" },
    { "of what is added: union, association, company ...", "所登记机构的类别：union、association、company ……" },
    { "another name of NAME", "NAME 的另一个名称" },
    { "an organization that is NAME", "其实就是 NAME 的机构" },
    { "add the rows of a table like organizations.tsv", "加入形如 organizations.tsv 的表格中的各行" },
    { "your own entries as such a table", "以这种表格输出自己的条目" },
    { "%s:%" PRIu64 ": %s", "%s:%" PRIu64 "：%s" },
    { "no organization is called %s; looked for as a phrase", "没有机构叫做 %s；按短语查找" },
    { "%s is nobody's whole name; it could be one of %zu: %s%s", "%s 不是任何机构的全名；可能是以下 %zu 个之一：%s%s" },
    { "orgs takes one name", "orgs 只接受一个名称" },
    { "List and change this archive's own terms for one thing.", "列出和修改本档案库自己的同义词。" },
    { "say what to do: list, add, remove, import or export", "请说明要做什么：list、add、remove、import 或 export" },
    { "thesaurus %s takes other words than these", "thesaurus %s 不接受这样的参数" },
    { "terms: %zu", "词条：%zu" },
    { "%s:%zu: %s", "%s:%zu：%s" },
    { "the concept that terms belong to; without it the first term names it",
      "词条所属的概念；不给时以第一个词命名" },
    { "language of the terms: zh-Hans, en", "词条的语言：zh-Hans、en" },
    { "what OTHER is to TERM: narrower is found for it and does not bring it",
      "OTHER 对 TERM 的关系：narrower 会被它找到，但不会带出它" },
    { "to: found but brings nothing; from: brings the others but is not found",
      "to：只被找到；from：只带出其他词" },
    { "machine translation ranks lower; what is ambiguous is only found", "机器翻译排得较后；有歧义的只被找到" },
    { "words parted by |, one of which a bulletin must hold", "以 | 分隔的词，通讯须含有其中之一" },
    { "thesaurus list                    terms of this archive\n"
      "thesaurus add TERM OTHER...       words that stand for each other\n"
      "thesaurus remove TERM...          take terms out; with --concept those of one concept, or all of it\n"
      "thesaurus import FILE...          a table: concept, term, lang, relation, direction, quality, context,\n"
      "                                  not_after, not_before, note, parted by tabs (- = standard input)\n"
      "thesaurus export                  all terms as such a table\n\n"
      "Searches use them beside the built-in ones at once. Lines that cannot be used are reported by their\n"
      "number, and the exit status is 3.",
      "thesaurus list                    本档案库的词条\n"
      "thesaurus add TERM OTHER...       彼此可以替代的词\n"
      "thesaurus remove TERM...          删除词条；--concept 只删一个概念的，或整个概念\n"
      "thesaurus import FILE...          表格：concept、term、lang、relation、direction、quality、context、\n"
      "                                  not_after、not_before、note，以制表符分隔（- 表示标准输入）\n"
      "thesaurus export                  以同样的表格输出全部词条\n\n"
      "查询立即同时使用它们和内置词条。不能用的行按行号报告，退出状态为 3。" },
    { "what query:NAME stands for in other queries; QUERY is kept, not searched for",
      "保存查询，之后可在其他查询中用 query:NAME；此时不查找" },
    { "how far other names go: exact ones alone, or renderings of machines too (as always)",
      "其他名称的范围：只用准确的，或也用机器翻译的（默认）" },
    { "characters count only where they are words, not inside others", "汉字只在成词处才算，不算在其他词里的" },
    { "did you mean: %s", "是否想找：%s" },
    { "list the saved searches", "列出保存的查询" },
    { "forget a saved search", "删除一个保存的查询" },
    { "--save, --saved and --forget go alone", "--save、--saved 和 --forget 不能同时使用" },
    { "--save needs a QUERY to keep", "--save 需要一个要保存的查询" },
    { "--saved and --forget take no QUERY", "--saved 和 --forget 不带查询" },
    { "--save keeps QUERY alone, without options", "--save 只保存查询本身，不含选项" },
    { "of --org: itself, with those it followed, with all below it", "--org 的范围：本机构、含前身、含下属" },
    { "from this publisher; a part of its name will do", "来源；名称的一部分即可" },
    { "in this language: zh, zh-Hant, en", "语言：zh、zh-Hant、en" },
    { "QUERY is one phrase, found as it stands", "查询是一个原样查找的短语" },
    { "best matches first, not every word required", "按匹配程度排列，不要求每个词都有" },
    { "order of the hits; undated ones last", "结果的顺序；日期不详的在最后" },
    { "so many hits; 0 = all (default 10 for text and json)",
      "结果的数目；0 表示全部（text 和 json 默认 10）" },
    { "leave out the first N hits", "略过前 N 条" },
    { "how hits are printed; kwic: a row for each place that matched", "结果的输出格式；kwic：每处匹配一行" },
    { "a script that completes words in a shell", "在 shell 中补全的脚本" },
    { "Print a script that completes commands and options in a shell.",
      "输出在 shell 中补全命令和选项的脚本。" },
    { "bash: bulletin completion bash > ~/.local/share/bash-completion/completions/bulletin\n"
      "zsh: add to ~/.zshrc: source <(bulletin completion zsh)\n"
      "fish: bulletin completion fish > ~/.config/fish/completions/bulletin.fish",
      "bash：bulletin completion bash > ~/.local/share/bash-completion/completions/bulletin\n"
      "zsh：在 ~/.zshrc 中加入 source <(bulletin completion zsh)\n"
      "fish：bulletin completion fish > ~/.config/fish/completions/bulletin.fish" },
    { "never page text", "不分页显示" },
    { "length of a snippet; 0 = none (default 160)", "摘要的长度，0 表示不要（默认 160 列）" },
    { "also write what repeats and proves this answer, as json", "另将可重现并核对此结果的记录写入 json 文件" },
    { "as text, also what was left out of the article", "以文本显示时，也显示正文之外的内容" },
    { "\nAround the article:\n", "\n正文之外：\n" },
    { "csv that a spreadsheet reads as UTF-8", "让电子表格按 UTF-8 读取的 csv" },
    { "only these fields of a hit: id,title,published", "只输出这些字段：id,title,published" },
    { "words of your own, one a line, by which a query without spaces is cut",
      "自备词表，一行一词，用来切分不带空格的查询" },
    { "no other names of a thing, only what was typed", "只查输入的词，不扩展到同义词" },
    { "never bulletins with only some of the words", "不要只含一部分词的结果" },
    { "search what stands around the articles too: menus, lists of other items",
      "也在正文以外的文字（菜单、其他文章列表等）中检索" },
    { "each repost a hit of its own", "转载各算一条" },
    { "one query a line (- = standard input), JSON Lines out",
      "每行一个查询（- 为标准输入），输出 JSON Lines" },
    { "add elapsed_ms to json", "在 json 中加上 elapsed_ms" },
    { "show how the query was understood", "显示查询如何被理解" },
    { "show how each page was read: its lines with their roles", "显示每个页面的读法：逐行及其角色" },
    { "print nothing, only set the exit status", "不输出，只给退出状态" },
    { "text to read, or one object each", "供阅读的文本，或每篇一个对象" },
    { "columns, or an array of objects", "分列，或对象数组" },
};

/* What the library says of a line of a table; a name may stand in it. */
static const translation reasons[] = {
    { "a row needs an id and a name", "每行须有 id 和 name" },
    { "the form \"%.150s\" is none of full, short, former, variant, machine, pattern, relative",
      "form“%.150s”不是 full、short、former、variant、machine、pattern、relative 之一" },
    { "the name \"%.150s\" stands twice in one entry", "名称“%.150s”在同一条目中出现两次" },
    { "\"%.150s\" names another entry too, and nothing tells which is meant",
      "“%.150s”也是另一条目的名称，无从分辨所指" },
    { "\"%.150s\" is too short for a name", "“%.150s”太短，不能作名称" },
    { "\"%.150s\" has no entry, so that nothing can be merged", "没有条目“%.150s”，无法合并" },
    { "the parent \"%.150s\" has no entry", "上级（parent）“%.150s”没有条目" },
    { "the successor \"%.150s\" has no entry", "后继（successor）“%.150s”没有条目" },
    { "the first row names no column \"name\"; the usual order is taken",
      "首行没有名为“name”的列；按通常的列序读取" },
    { "concept and term must not be empty", "concept 和 term 不能为空" },
    { "the term is longer than 200 bytes", "词语超过 200 字节" },
    { "relation is none of same, narrower, broader", "relation 只能是 same、narrower 或 broader" },
    { "direction is none of both, to, from", "direction 只能是 both、to 或 from" },
    { "quality is none of exact, machine, ambiguous", "quality 只能是 exact、machine 或 ambiguous" },
    { "the line holds a NUL", "该行含有 NUL 字符" },
    { "the line is not UTF-8", "该行不是 UTF-8" },
    { "the line has too few columns", "该行的列太少" },
};

static const translation notes[] = {
    { "Without TEXT, standard input is read. Columns: start, end, kind, token.",
      "不给文本时读标准输入。各列：起点、终点、类别、切分。" },
    { "PATH is a file, a folder (searched through), or - for JSON Lines on standard input.",
      "PATH 是文件、文件夹（逐层查找），或 - 表示标准输入的 JSON Lines。" },
    { "PATH is a file, a folder (searched through), or - for JSON Lines on standard input.\n"
      "Importing again what is unchanged changes nothing. What cannot be read is reported as\n"
      "path:line: reason and left out.",
      "PATH 是文件、文件夹（逐层查找），或 - 表示标准输入的 JSON Lines。\n"
      "再次导入未变的内容不会有任何改动。读不了的以“路径:行: 原因”报告并略过。" },
    { "Without QUERY and filters all are written, lowest id first. Never those that have only\n"
      "some of the words. Former texts are not part of it: bulletin backup copies everything.",
      "不给 QUERY 和筛选条件时写出全部，按编号从小到大。不含只有一部分词的结果。\n"
      "旧版本不在其中；bulletin backup 复制全部内容。" },
    { "Damage of the archive itself is found by: bulletin check",
      "档案库本身的损坏请用 bulletin check 查找" },
    { "QUERY finds exactly what was typed: no other names of a thing, never\n"
      "bulletins with only some of the words. All of them go, or after a failure none.",
      "QUERY 只查输入的词：不扩展到同义词，也不含只有一部分词的结果。\n"
      "要么全部删除，要么在失败后一篇不删。" },
    { "Words side by side must all occur; OR between words; \"quoted\" text is found as it stands.\n"
      "The shell eats one pair of quotes: write '\"产改\"', or use -F. Without QUERY all that pass\n"
      "the filters are listed. Exit status 0: something was found, 1: nothing.",
      "并列的词须全部出现；词间可用 OR；\"引号\"内的文字原样查找。\n"
      "shell 会吃掉一对引号：请写 '\"产改\"'，或用 -F。不给 QUERY 时列出符合筛选条件的全部。\n"
      "退出状态 0：找到；1：没有找到。" },
    { "The archive is --db PATH, else $BULLETIN_DB, else $XDG_DATA_HOME/bulletin/bulletin.db\n"
      "(~/.local/share/bulletin/bulletin.db). A folder $BULLETIN_DATA may hold an organizations.tsv and a\n"
      "thesaurus.tsv of your own, in place of those that are built in.\n\n"
      "Exit status: 0 done, or something found; 1 nothing found; 2 wrong usage; 3 some input failed;\n"
      "4 archive missing, corrupt or of another version; 5 other failure; 6 archive busy; 130 Ctrl-C.\n\n"
      "bulletin help COMMAND shows the options of a command.",
      "档案库依次取 --db 路径、$BULLETIN_DB、$XDG_DATA_HOME/bulletin/bulletin.db\n"
      "（~/.local/share/bulletin/bulletin.db）。文件夹 $BULLETIN_DATA 中可放自己的 organizations.tsv 和\n"
      "thesaurus.tsv，代替内置的表。\n\n"
      "退出状态：0 完成或找到；1 没有找到；2 用法错误；3 部分输入失败；\n"
      "4 档案库缺失、损坏或版本不同；5 其他失败；6 档案库正被写入；130 Ctrl-C。\n\n"
      "bulletin help 命令 显示该命令的选项。" },
};

static const struct {
    const translation *rows;
    size_t count;
} tables[] = {
    { complaints, sizeof complaints / sizeof *complaints },
    { answers, sizeof answers / sizeof *answers },
    { remarks, sizeof remarks / sizeof *remarks },
    { summaries, sizeof summaries / sizeof *summaries },
    { options, sizeof options / sizeof *options },
    { reasons, sizeof reasons / sizeof *reasons },
    { notes, sizeof notes / sizeof *notes },
};

static const char mark[] = "%.150s";

/* The parts of a sentence before and behind the name in it, when it is this one. */
static bool fits(const char *format, const char *sentence, const char **name, size_t *size)
{
    const char *at = strstr(format, mark);
    if (at == NULL)
        return false;
    const size_t before = (size_t)(at - format), behind = strlen(at + strlen(mark)), all = strlen(sentence);
    if (all < before + behind || strncmp(format, sentence, before) != 0 ||
        strcmp(at + strlen(mark), sentence + all - behind) != 0)
        return false;
    *name = sentence + before;
    *size = all - before - behind;
    return true;
}

bool chinese_reason(const char *english, char *out, size_t room)
{
    const char *name;
    size_t size;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        const char *chinese = reasons[i].chinese, *at = strstr(chinese, mark);
        if (strcmp(reasons[i].english, english) == 0)
            snprintf(out, room, "%s", chinese);
        else if (at != NULL && fits(reasons[i].english, english, &name, &size))
            snprintf(out, room, "%.*s%.*s%s", (int)(at - chinese), chinese, (int)size, name,
                     at + strlen(mark));
        else
            continue;
        return true;
    }
    return false;
}

const char *chinese_of(const char *english)
{
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (size_t i = 0; i < tables[t].count; i++)
            if (strcmp(tables[t].rows[i].english, english) == 0)
                return tables[t].rows[i].chinese;
    return NULL;
}
