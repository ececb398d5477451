/* The one document that the worker holds open, over MuPDF. Every function returns a status; nothing thrown by MuPDF
   leaves them. Not safe for concurrent use. */
#ifndef SODALE_ENGINE_H
#define SODALE_ENGINE_H

#include "mupdf.h"

enum { ENGINE_OK, ENGINE_DAMAGED, ENGINE_ENCRYPTED, ENGINE_MEMORY, ENGINE_NEAR };

/* Makes the context. limit bounds the bytes that MuPDF may hold at once, store its cache. */
int engine_start(size_t limit, size_t store);

/* Opens a document in place of the one before; data must stay until the next call. pages is set. */
int engine_open(const char *magic, const unsigned char *data, size_t size, int *pages);

/* Closes the document, if there is one. */
void engine_close(void);

/* Loads a page and says its bounds in points. */
int engine_bound(int page, fz_rect *bounds);

/* Draws a page, with annotations and form fields, on white: RGBA, w*4 bytes a row. Where patient is 0 and an image of
   the page misses being decoded at half its size by a few pixels, it stops with ENGINE_NEAR and says in inset by how
   many. */
int engine_draw(int page, fz_matrix m, int w, int h, int patient, unsigned char *pixels, int *inset);

/* Bytes that stay until the next call. */
typedef struct { const unsigned char *data; size_t size; } engine_bytes;

/* Writes the text of a page as MuPDF's JSON. */
int engine_text(int page, engine_bytes *json);

#endif
