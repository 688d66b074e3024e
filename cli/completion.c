/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin completion`: a shell's script that completes commands, options and their choices. The scripts ask
 * the help, so they know whatever the program knows. */
#include <string.h>

#include "client.h"
#include "message.h"
#include "option.h"

/* Also zsh's, which runs such functions. */
static const char bash_script[] =
    "_bulletin() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= words= i\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n"
    "        --db) ((i++)) ;;\n"
    "        -*) ;;\n"
    "        *) command=${COMP_WORDS[i]}; break ;;\n"
    "        esac\n"
    "    done\n"
    "    if [[ -z $command || $command == help ]]; then\n"
    "        words=$(LC_ALL=C bulletin help | sed -n 's/^  \\([a-z][a-z]*\\) .*/\\1/p')\n"
    "        [[ $word == -* ]] && words='--db --help --version'\n"
    "    elif [[ $word == -* ]]; then\n"
    "        words=$(LC_ALL=C bulletin help \"$command\" | grep -oE '^ +(-., )?--[a-z-]+' | grep -oE -e "
    "'--[a-z-]+')\n"
    "    elif [[ $before == --* ]]; then\n"
    "        words=$(LC_ALL=C bulletin help \"$command\" | sed -n \"s/^.*$before\\[*[ "
    "=]\\([a-z]*|[a-z|]*\\).*/\\1/p\" |\n"
    "            tr '|' ' ')\n"
    "    elif [[ $command == completion ]]; then\n"
    "        words='bash zsh fish'\n"
    "    fi\n"
    "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
    "}\n"
    "complete -o default -F _bulletin bulletin\n";

static const char zsh_prelude[] = "autoload -Uz bashcompinit && bashcompinit\n";

static const char fish_script[] =
    "function __bulletin_command\n"
    "    for word in (commandline -opc)[2..-1]\n"
    "        string match -q -- '-*' $word; or begin; echo $word; return; end\n"
    "    end\n"
    "end\n"
    "function __bulletin_options\n"
    "    LC_ALL=C bulletin help (__bulletin_command) 2>/dev/null | string match -rg -- '^ +(?:-., "
    ")?(--[a-z-]+)'\n"
    "end\n"
    "complete -c bulletin -n 'not string length -q -- (__bulletin_command)' -f -a \"(LC_ALL=C bulletin help |"
    " string replace -rf '^  ([a-z]+) +(.*)' '\\$1\\t\\$2')\"\n"
    "complete -c bulletin -n 'string length -q -- (__bulletin_command); and string match -q -- \"-*\" "
    "(commandline -ct)'"
    " -f -a '(__bulletin_options)'\n"
    "complete -c bulletin -n 'contains -- completion (__bulletin_command)' -f -a 'bash zsh fish'\n";

int command_completion(client *c, int argc, char **argv)
{
    const option_usage usage = {
        .command = "bulletin completion",
        .operands = "bash|zsh|fish",
        .summary = "Print a script that completes commands and options in a shell.",
        .notes = "bash: bulletin completion bash > ~/.local/share/bash-completion/completions/bulletin\n"
                 "zsh: add to ~/.zshrc: source <(bulletin completion zsh)\n"
                 "fish: bulletin completion fish > ~/.config/fish/completions/bulletin.fish",
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    const char *shell = argc == 1 ? argv[0] : "";
    if (strcmp(shell, "fish") == 0) {
        writer_text(&c->out, fish_script);
    } else if (strcmp(shell, "bash") == 0 || strcmp(shell, "zsh") == 0) {
        writer_text(&c->out, shell[0] == 'z' ? zsh_prelude : "");
        writer_text(&c->out, bash_script);
    } else {
        return option_complain(&usage, "name a shell: bash, zsh or fish");
    }
    return EXIT_DONE;
}
