/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns British spelling into American, so that both have one stem. The rules and the table were checked
 * against the british-words and american-words lists of SCOWL (wordlist.aspell.net). What is spelled alike
 * may change too as long as all its inflections do (metropolises): the result is only compared with itself.
 */
#include "spelling.h"

#include <stdbool.h>
#include <string.h>

typedef struct pair {
    const char *british;
    const char *american;
} pair;

/* Beginnings: what follows stays (labourers, colouring, fibreglass). */
static const pair beginnings[] = {
    { "abridgement", "abridgment" },
    { "acknowledgement", "acknowledgment" },
    { "aeroplane", "airplane" },
    { "aesthe", "esthe" },
    { "aluminium", "aluminum" },
    { "anaem", "anem" },
    { "anaesth", "anesth" },
    { "arbour", "arbor" },
    { "archaeo", "archeo" },
    { "ardour", "ardor" },
    { "armour", "armor" },
    { "artefact", "artifact" },
    { "behaviour", "behavior" },
    { "calibre", "caliber" },
    { "candour", "candor" },
    { "carburett", "carburet" },
    { "chequebook", "checkbook" },
    { "chequer", "checker" },
    { "clamour", "clamor" },
    { "clangour", "clangor" },
    { "cognisan", "cognizan" },
    { "colour", "color" },
    { "councillor", "councilor" },
    { "defenceless", "defenseless" },
    { "demeanour", "demeanor" },
    { "diarrhoea", "diarrhea" },
    { "enamour", "enamor" },
    { "encyclopaed", "encycloped" },
    { "endeavour", "endeavor" },
    { "enquir", "inquir" },
    { "enrolment", "enrollment" },
    { "faec", "fec" },
    { "favour", "favor" },
    { "fervour", "fervor" },
    { "fibre", "fiber" },
    { "flavour", "flavor" },
    { "foetal", "fetal" },
    { "foetus", "fetus" },
    { "fulfilment", "fulfillment" },
    { "glamouris", "glamoriz" },
    { "glycerine", "glycerin" },
    { "gynaec", "gynec" },
    { "haem", "hem" },
    { "harbour", "harbor" },
    { "honour", "honor" },
    { "humour", "humor" },
    { "instalment", "installment" },
    { "jewellery", "jewelry" },
    { "judgement", "judgment" },
    { "kerb", "curb" },
    { "labour", "labor" },
    { "leukaem", "leukem" },
    { "libellous", "libelous" },
    { "likeable", "likable" },
    { "liveable", "livable" },
    { "manoeuvrab", "maneuverab" },
    { "marvellous", "marvelous" },
    { "meagre", "meager" },
    { "metallisa", "metaliza" },
    { "metallise", "metalize" },
    { "metallisi", "metalizi" },
    { "misdemeanour", "misdemeanor" },
    { "mollusc", "mollusk" },
    { "mould", "mold" },
    { "moult", "molt" },
    { "moustache", "mustache" },
    { "neighbour", "neighbor" },
    { "odour", "odor" },
    { "oedema", "edema" },
    { "oesophag", "esophag" },
    { "oestr", "estr" },
    { "omelette", "omelet" },
    { "orthopaed", "orthoped" },
    { "paediatr", "pediatr" },
    { "palaeo", "paleo" },
    { "parlour", "parlor" },
    { "pedlar", "peddler" },
    { "plough", "plow" },
    { "prejudgement", "prejudgment" },
    { "pyjama", "pajama" },
    { "rancour", "rancor" },
    { "rigour", "rigor" },
    { "rouble", "ruble" },
    { "rumour", "rumor" },
    { "saleable", "salable" },
    { "saviour", "savior" },
    { "savour", "savor" },
    { "sceptic", "skeptic" },
    { "septicaem", "septicem" },
    { "sizeable", "sizable" },
    { "skilful", "skillful" },
    { "smoulder", "smolder" },
    { "splendour", "splendor" },
    { "succour", "succor" },
    { "sulph", "sulf" },
    { "toxaem", "toxem" },
    { "tranquillis", "tranquiliz" },
    { "tumour", "tumor" },
    { "tyre", "tire" },
    { "valour", "valor" },
    { "vapour", "vapor" },
    { "vigour", "vigor" },
    { "wilful", "willful" },
    { "woollen", "woolen" },
    { "worshipp", "worship" },
    { "yoghurt", "yogurt" },
};

/* Whole words. */
static const pair words[] = {
    { "ageing", "aging" },
    { "analogue", "analog" },
    { "analogues", "analogs" },
    { "appal", "appall" },
    { "appals", "appalls" },
    { "catalogue", "catalog" },
    { "catalogued", "cataloged" },
    { "cataloguer", "cataloger" },
    { "cataloguers", "catalogers" },
    { "catalogues", "catalogs" },
    { "cataloguing", "cataloging" },
    { "centred", "centered" },
    { "centrefold", "centerfold" },
    { "centrepiece", "centerpiece" },
    { "centrepieces", "centerpieces" },
    { "centring", "centering" },
    { "cheque", "check" },
    { "cheques", "checks" },
    { "cosiness", "coziness" },
    { "cosy", "cozy" },
    { "crueller", "crueler" },
    { "cruellest", "cruelest" },
    { "defence", "defense" },
    { "defences", "defenses" },
    { "dialogue", "dialog" },
    { "dialogues", "dialogs" },
    { "distil", "distill" },
    { "distils", "distills" },
    { "enrol", "enroll" },
    { "enrols", "enrolls" },
    { "enthral", "enthrall" },
    { "enthrals", "enthralls" },
    { "fibred", "fibered" },
    { "fulfil", "fulfill" },
    { "fulfils", "fulfills" },
    { "gaol", "jail" },
    { "gaoled", "jailed" },
    { "gaols", "jails" },
    { "goitre", "goiter" },
    { "gramme", "gram" },
    { "grammes", "grams" },
    { "grey", "gray" },
    { "greyed", "grayed" },
    { "greyer", "grayer" },
    { "greyest", "grayest" },
    { "greying", "graying" },
    { "greyish", "grayish" },
    { "greyness", "grayness" },
    { "greys", "grays" },
    { "instil", "instill" },
    { "instils", "instills" },
    { "kilogramme", "kilogram" },
    { "kilogrammes", "kilograms" },
    { "learnt", "learned" },
    { "licence", "license" },
    { "licences", "licenses" },
    { "manoeuvre", "maneuver" },
    { "manoeuvred", "maneuvered" },
    { "manoeuvres", "maneuvers" },
    { "manoeuvring", "maneuvering" },
    { "mitre", "miter" },
    { "ochre", "ocher" },
    { "offence", "offense" },
    { "offences", "offenses" },
    { "practise", "practice" },
    { "practised", "practiced" },
    { "practises", "practices" },
    { "practising", "practicing" },
    { "pretence", "pretense" },
    { "pretences", "pretenses" },
    { "programme", "program" },
    { "programmes", "programs" },
    { "recentred", "recentered" },
    { "sabre", "saber" },
    { "sabres", "sabers" },
    { "sceptre", "scepter" },
    { "sceptres", "scepters" },
    { "sepulchre", "sepulcher" },
    { "sombre", "somber" },
    { "specialities", "specialties" },
    { "speciality", "specialty" },
    { "spectre", "specter" },
    { "spectres", "specters" },
    { "tranquillity", "tranquility" },
    { "unpractised", "unpracticed" },
    { "unskilful", "unskillful" },
};

/* Prefixes before a beginning: unfavourable, dishonour. */
static const char *const prefixes[] = {
    "be", "counter", "de", "dis", "mis", "multi", "non", "over", "re", "tri", "un", "vari", "water",
};

/* Verbs that double their l before an ending in British spelling only. */
static const char *const doubling[] = {
    "apparel", "backpedal", "barrel",  "bedevil", "bevel",   "bushel",   "cancel",     "carol",    "cavil",
    "channel", "chisel",    "counsel", "cudgel",  "devil",   "dial",     "disembowel", "dishevel", "dowel",
    "drivel",  "duel",      "enamel",  "equal",   "flannel", "fuel",     "funnel",     "gambol",   "gravel",
    "grovel",  "gruel",     "impanel", "imperil", "initial", "jewel",    "kennel",     "label",    "level",
    "libel",   "marshal",   "marvel",  "medal",   "model",   "panel",    "parcel",     "pedal",    "pencil",
    "peril",   "pommel",    "pummel",  "quarrel", "ravel",   "refuel",   "relabel",    "remodel",  "revel",
    "rival",   "rowel",     "shovel",  "shrivel", "signal",  "snivel",   "snorkel",    "spiral",   "squirrel",
    "stencil", "subtotal",  "swivel",  "symbol",  "tassel",  "teetotal", "tinsel",     "total",    "towel",
    "trammel", "travel",    "trial",   "trowel",  "tunnel",  "unequal",  "unlabel",    "unravel",  "unrival",
    "victual", "weasel",    "yodel",
};

static const char *const doubling_endings[] = {
    "ed", "er", "ers", "ing", "ings", "ist", "ists", "or", "ors"
};

/* Verbs in -ise whose s is not the z of -ize, without their e. */
static const char *const soft[] = {
    "advertis",   "advis",     "appris",  "aris",     "ceris",    "chastis",  "circumcis", "cis",
    "compris",    "compromis", "concis",  "demis",    "despis",   "devis",    "enterpris", "entrepris",
    "excis",      "exercis",   "exorcis", "expertis", "franchis", "improvis", "inadvis",   "incis",
    "merchandis", "misadvis",  "moonris", "paradis",  "practis",  "precis",   "premis",    "pris",
    "promis",     "remis",     "repris",  "revis",    "ris",      "sunris",   "supervis",  "surmis",
    "surpris",    "televis",   "treatis", "trellis",  "unadvis",  "unrevis",  "upris",     "valis",
    "verdigris",  "vis",       "wis",
};

static const char *const ise_endings[] = {
    "able",  "ably",   "ation", "ational", "ations", "e",   "ed",
    "ement", "ements", "er",    "ers",     "es",     "ing", "ingly",
};

#define SHORTEST 4 /* tyre, gaol */

/* As an ending, a shorter one would catch academise (demise). */
#define LONG_SOFT 6

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct view {
    const char *text;
    size_t size;
} view;

static bool begins(view word, const char *with)
{
    if (word.size == 0 || word.text[0] != with[0])
        return false;
    size_t size = strlen(with);
    return word.size >= size && memcmp(word.text, with, size) == 0;
}

static bool ends(view word, const char *with)
{
    size_t size = strlen(with);
    return word.size >= size && memcmp(word.text + word.size - size, with, size) == 0;
}

static bool equals(view word, const char *text)
{
    if (word.size == 0 || word.text[0] != text[0])
        return false;
    return word.size == strlen(text) && memcmp(word.text, text, word.size) == 0;
}

static bool among(view word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (equals(word, list[i]))
            return true;
    return false;
}

static size_t put(char *out, size_t at, const char *text, size_t size)
{
    memmove(out + at, text, size); /* the second rule reads what the first wrote */
    return at + size;
}

static size_t by_table(view word, char *out)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (equals(word, words[i].british))
            return put(out, 0, words[i].american, strlen(words[i].american));
    return 0;
}

static size_t by_beginning(view word, char *out)
{
    for (size_t i = 0; i < COUNT(beginnings); i++) {
        if (!begins(word, beginnings[i].british))
            continue;
        size_t size = strlen(beginnings[i].british);
        size_t at = put(out, 0, beginnings[i].american, strlen(beginnings[i].american));
        return put(out, at, word.text + size, word.size - size);
    }
    return 0;
}

static size_t behind_prefix(view word, char *out)
{
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        if (!begins(word, prefixes[i]))
            continue;
        size_t size = strlen(prefixes[i]);
        size_t rest = by_beginning((view){ word.text + size, word.size - size }, out + size);
        if (rest > 0)
            return put(out, 0, word.text, size) + rest;
    }
    return 0;
}

/* Endings that follow anything: kilometre, epicentres. */
static const char *const measures[] = { "centre", "litre", "lustre", "metre", "theatre" };

static size_t by_measure(view word, char *out)
{
    size_t s = word.text[word.size - 1] == 's';
    view base = { word.text, word.size - s };
    for (size_t i = 0; i < COUNT(measures); i++) {
        if (!ends(base, measures[i]))
            continue;
        size_t at = put(out, 0, base.text, base.size - 2);
        at = put(out, at, "er", 2);
        return put(out, at, "s", s);
    }
    return 0;
}

static size_t by_doubled_l(view word, char *out)
{
    for (size_t i = 0; i < COUNT(doubling_endings); i++) {
        size_t ending = strlen(doubling_endings[i]);
        view base = { word.text, word.size - ending - 1 };
        if (word.size < ending + 4 || !ends(word, doubling_endings[i]) || word.text[base.size] != 'l' ||
            !among(base, doubling, COUNT(doubling)))
            continue;
        size_t at = put(out, 0, base.text, base.size);
        return put(out, at, doubling_endings[i], ending);
    }
    return 0;
}

static bool vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Compounds too: unsupervised, streetwise. */
static bool stays_soft(view base)
{
    for (size_t i = 0; i < COUNT(soft); i++)
        if (equals(base, soft[i]) || (strlen(soft[i]) >= LONG_SOFT && ends(base, soft[i])))
            return true;
    return ends(base, "wis");
}

/* -ise, -isation … with a consonant before (not praise, noise, cruise) become -ize; -lyse becomes -lyze. */
static bool hard(view base, const char *ending)
{
    if (ends(base, "lys"))
        return base.size > 4 && strcmp(ending, "es") != 0 &&
               ending[0] != 'a'; /* analyses are many an analysis */
    return ends(base, "is") && base.size > 4 && !vowel(base.text[base.size - 3]) && !stays_soft(base);
}

static size_t by_ise(view word, char *out)
{
    for (size_t i = 0; i < COUNT(ise_endings); i++) {
        size_t ending = strlen(ise_endings[i]);
        view base = { word.text, word.size - ending };
        if (word.size < ending + 4 || !ends(word, ise_endings[i]) || !hard(base, ise_endings[i]))
            continue;
        size_t at = put(out, 0, base.text, base.size - 1);
        at = put(out, at, "z", 1);
        return put(out, at, ise_endings[i], ending);
    }
    return 0;
}

/* A word may have both: colourise. */
size_t bl_spelling_american(const char *word, size_t size, char *out)
{
    size_t (*const rules[])(view, char *) = { by_table, by_beginning, behind_prefix, by_measure,
                                              by_doubled_l };
    view now = { word, size };
    size_t american = 0;
    if (size < SHORTEST)
        return 0;
    for (size_t i = 0; i < COUNT(rules) && american == 0; i++)
        american = rules[i](now, out);
    if (american > 0)
        now = (view){ out, american };
    size_t hardened = by_ise(now, out);
    return hardened > 0 ? hardened : american;
}

static uint32_t openings(const pair *list, size_t count, char american)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < count; i++)
        if (list[i].american[0] == american)
            letters |= UINT32_C(1) << (list[i].british[0] - 'a');
    return letters;
}

uint32_t bl_spelling_openings(char american)
{
    const bool is_letter = american >= 'a' && american <= 'z';
    return (is_letter ? UINT32_C(1) << (american - 'a') : 0) | openings(words, COUNT(words), american) |
           openings(beginnings, COUNT(beginnings), american);
}
