/* The few declarations of MuPDF that the worker calls, so that it builds without MuPDF's own headers, which lie in the
   module cache where cgo can't be told to look. A test compiles them behind the real ones, with REAL_MUPDF defined. The
   library itself is linked by go-fitz. */
#ifndef SODALE_MUPDF_H
#define SODALE_MUPDF_H

#include <setjmp.h>
#include <stddef.h>

#ifndef REAL_MUPDF
typedef struct fz_context fz_context;
typedef struct fz_document fz_document;
typedef struct fz_document_handler fz_document_handler;
typedef struct fz_page fz_page;
typedef struct fz_stream fz_stream;
typedef struct fz_device fz_device;
typedef struct fz_pixmap fz_pixmap;
typedef struct fz_colorspace fz_colorspace;
typedef struct fz_separations fz_separations;
typedef struct fz_stext_page fz_stext_page;
typedef struct fz_buffer fz_buffer;
typedef struct fz_output fz_output;
typedef struct fz_locks_context fz_locks_context;
typedef struct fz_stext_options fz_stext_options;
typedef struct fz_cookie fz_cookie;
typedef struct { float x0, y0, x1, y1; } fz_rect;
typedef struct { int x0, y0, x1, y1; } fz_irect;
typedef struct { float a, b, c, d, e, f; } fz_matrix;
typedef struct {
	void *user;
	void *(*malloc)(void *, size_t);
	void *(*realloc)(void *, void *, size_t);
	void (*free)(void *, void *);
} fz_alloc_context;
enum { FZ_ERROR_SYSTEM = 2, FZ_ERROR_LIMIT = 5, FZ_ERROR_ABORT = 10 };

#ifdef _WIN32
#define fz_setjmp(BUF) setjmp(BUF)
typedef jmp_buf fz_jmp_buf;
#else
#define fz_setjmp(BUF) sigsetjmp(BUF, 0)
typedef sigjmp_buf fz_jmp_buf;
#endif

#define fz_var(var) fz_var_imp((void *)&(var))
#define fz_try(ctx) if (!fz_setjmp(*fz_push_try(ctx))) if (fz_do_try(ctx)) do
#define fz_always(ctx) while (0); if (fz_do_always(ctx)) do
#define fz_catch(ctx) while (0); if (fz_do_catch(ctx))
#endif

void fz_var_imp(void *);
fz_jmp_buf *fz_push_try(fz_context *ctx);
int fz_do_try(fz_context *ctx);
int fz_do_always(fz_context *ctx);
int (fz_do_catch)(fz_context *ctx);
int fz_caught(fz_context *ctx);
void fz_ignore_error(fz_context *ctx);
__attribute__((noreturn)) void fz_throw(fz_context *ctx, int code, const char *fmt, ...);

typedef void (sodale_message_cb)(void *user, const char *message);
typedef void (sodale_tune_cb)(void *arg, int w, int h, int l2factor, fz_irect *subarea);

fz_context *fz_new_context_imp(const fz_alloc_context *, const fz_locks_context *, size_t store, const char *version);
void fz_set_warning_callback(fz_context *, sodale_message_cb *, void *user);
void fz_set_error_callback(fz_context *, sodale_message_cb *, void *user);
void fz_tune_image_decode(fz_context *, sodale_tune_cb *, void *arg);
void fz_empty_store(fz_context *);

extern fz_document_handler pdf_document_handler;
extern fz_document_handler img_document_handler;
void fz_register_document_handler(fz_context *, const fz_document_handler *);
fz_stream *fz_open_memory(fz_context *, const unsigned char *data, size_t len);
void fz_drop_stream(fz_context *, fz_stream *);
fz_document *fz_open_document_with_stream(fz_context *, const char *magic, fz_stream *);
void fz_drop_document(fz_context *, fz_document *);
int fz_needs_password(fz_context *, fz_document *);
int fz_count_pages(fz_context *, fz_document *);

fz_page *fz_load_page(fz_context *, fz_document *, int number);
void fz_drop_page(fz_context *, fz_page *);
fz_rect fz_bound_page(fz_context *, fz_page *);
void fz_run_page(fz_context *, fz_page *, fz_device *, fz_matrix, fz_cookie *);

fz_colorspace *fz_device_rgb(fz_context *);
fz_pixmap *fz_new_pixmap_with_bbox_and_data(fz_context *, fz_colorspace *, fz_irect, fz_separations *, int alpha, unsigned char *samples);
void fz_drop_pixmap(fz_context *, fz_pixmap *);
void fz_clear_pixmap_with_value(fz_context *, fz_pixmap *, int value);
fz_device *fz_new_draw_device(fz_context *, fz_matrix, fz_pixmap *);
void fz_close_device(fz_context *, fz_device *);
void fz_drop_device(fz_context *, fz_device *);

fz_stext_page *fz_new_stext_page(fz_context *, fz_rect mediabox);
void fz_drop_stext_page(fz_context *, fz_stext_page *);
fz_device *fz_new_stext_device(fz_context *, fz_stext_page *, const fz_stext_options *);
void fz_print_stext_page_as_json(fz_context *, fz_output *, fz_stext_page *, float scale);
fz_buffer *fz_new_buffer(fz_context *, size_t capacity);
void fz_drop_buffer(fz_context *, fz_buffer *);
size_t fz_buffer_storage(fz_context *, fz_buffer *, unsigned char **data);
fz_output *fz_new_output_with_buffer(fz_context *, fz_buffer *);
void fz_close_output(fz_context *, fz_output *);
void fz_drop_output(fz_context *, fz_output *);

#endif
