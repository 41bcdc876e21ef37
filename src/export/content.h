/*
 * content — the texts of an installation: help, statements and rules, in Markdown. Pure.
 *
 * Each comes with the program (web/content), and an operator may put another in its place.
 * Markdown is rendered by libcmark in its safe mode: HTML in it is left out, and so are
 * addresses that are scripts.
 */
#ifndef EXPORT_CONTENT_H
#define EXPORT_CONTENT_H

#include "export/phrases.h"

enum {
    CONTENT_PAGES = 6,
    TONGUES = 2
};

/* The name in addresses and of files; i < CONTENT_PAGES. */
const char *content_name(size_t i);
/* CONTENT_PAGES: there is no such page. */
size_t content_find(struct view name);

/* What comes with the program. */
struct view content_default(size_t i, enum tongue tongue);

/* What the texts say of an installation; NULL and 0: a neutral wording stands there. */
struct content_facts {
    const char *responsible; /* {responsible} */
    const char *contact;     /* {contact}: an address of mail or web becomes a link */
    uint64_t keep_months;    /* {keep_months}, with its unit */
};

/* A text ready to be put into a page; init/finish on the caller's memory. */
struct content {
    struct buf title; /* plain */
    struct buf html;
};

void content_finish(struct content *content);

/* Why a text cannot be one, in English for the operator; NULL: it can. */
const char *content_refusal(struct view markdown);

void content_render(struct content *out, struct view markdown, enum tongue tongue,
                    const struct content_facts *facts);

#endif
