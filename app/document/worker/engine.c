#include "engine.h"

#include <stdint.h>
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* The version that go-fitz was built with: a symbol of go-fitz's own. */
extern const char *fz_version;

static fz_context *ctx;
static fz_document *doc;
static fz_page *page;
static int page_number;
static fz_buffer *text;

/* Memory: each block is preceded by its size, so that the sum is known on every system. */

enum { BEFORE = 16 };
static size_t held, held_limit;

static void *take(void *user, size_t size)
{
	(void)user;
	if (size > held_limit - held)
		return NULL;
	char *p = malloc(size + BEFORE);
	if (!p)
		return NULL;
	*(size_t *)p = size;
	held += size;
	return p + BEFORE;
}

static void give(void *user, void *block)
{
	(void)user;
	if (!block)
		return;
	char *p = (char *)block - BEFORE;
	held -= *(size_t *)p;
	free(p);
}

static void *retake(void *user, void *block, size_t size)
{
	if (!block)
		return take(user, size);
	char *p = (char *)block - BEFORE;
	size_t before = *(size_t *)p;
	if (size > before && size - before > held_limit - held)
		return NULL;
	p = realloc(p, size + BEFORE);
	if (!p)
		return NULL;
	*(size_t *)p = size;
	held = held - before + size;
	return p + BEFORE;
}

/* A large image is decoded at half, a quarter... of its size where the picture is smaller than that by two pixels. A
   300-dpi scan asked for at 150 dpi misses it by those two, and costs twice the time. */

enum { REACH = 4 };
static struct { int watching, w, h, inset; } near;

static int longer(int a, int b) { return a > b ? a : b; }
static int shorter(int a, int b) { return a < b ? a : b; }

static void on_decode(void *arg, int w, int h, int l2factor, fz_irect *subarea)
{
	(void)arg; (void)subarea;
	if (!near.watching || (int64_t)w * h < 1000000)
		return;
	/* Side by side in length, since the image may lie turned on the page. */
	int miss_long = longer(near.w, near.h) + 2 - (longer(w, h) >> (l2factor + 1));
	int miss_short = shorter(near.w, near.h) + 2 - (shorter(w, h) >> (l2factor + 1));
	int miss = longer(miss_long, miss_short);
	if (miss <= 0 || miss > REACH)
		return;
	near.inset = miss;
	fz_throw(ctx, FZ_ERROR_ABORT, "image nearly at half");
}

static void hush(void *user, const char *message)
{
	(void)user; (void)message;
}

static int caught(void)
{
	int code = fz_caught(ctx);
	fz_ignore_error(ctx);
	switch (code) {
	case FZ_ERROR_SYSTEM:
	case FZ_ERROR_LIMIT:
		return ENGINE_MEMORY;
	}
	return ENGINE_DAMAGED;
}

int engine_start(size_t limit, size_t store)
{
#ifdef __GLIBC__
	/* One heap that keeps what it got: pictures of the same size come again and again. */
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
	held_limit = limit;
	static const fz_alloc_context memory = { NULL, take, retake, give };
	ctx = fz_new_context_imp(&memory, NULL, store, fz_version);
	if (!ctx)
		return ENGINE_MEMORY;
	fz_set_warning_callback(ctx, hush, NULL);
	fz_set_error_callback(ctx, hush, NULL);
	fz_tune_image_decode(ctx, on_decode, NULL);
	int status = ENGINE_OK;
	fz_try(ctx) {
		fz_register_document_handler(ctx, &pdf_document_handler);
		fz_register_document_handler(ctx, &img_document_handler);
	}
	fz_catch(ctx)
		status = caught();
	return status;
}

void engine_close(void)
{
	fz_drop_page(ctx, page);
	fz_drop_document(ctx, doc);
	fz_drop_buffer(ctx, text);
	page = NULL;
	doc = NULL;
	text = NULL;
	fz_empty_store(ctx);
}

int engine_open(const char *magic, const unsigned char *data, size_t size, int *pages)
{
	engine_close();
	fz_stream *stream = NULL;
	int status = ENGINE_OK;
	fz_var(stream);
	fz_var(status);
	fz_try(ctx) {
		stream = fz_open_memory(ctx, data, size);
		doc = fz_open_document_with_stream(ctx, magic, stream);
		if (fz_needs_password(ctx, doc))
			status = ENGINE_ENCRYPTED;
		else
			*pages = fz_count_pages(ctx, doc);
	}
	fz_always(ctx)
		fz_drop_stream(ctx, stream);
	fz_catch(ctx)
		status = caught();
	return status;
}

/* turn_to makes the page the loaded one; called inside fz_try. */
static void turn_to(int number)
{
	if (page && page_number == number)
		return;
	fz_drop_page(ctx, page);
	page = NULL;
	page = fz_load_page(ctx, doc, number);
	page_number = number;
}

int engine_bound(int number, fz_rect *bounds)
{
	int status = ENGINE_OK;
	fz_try(ctx) {
		turn_to(number);
		*bounds = fz_bound_page(ctx, page);
	}
	fz_catch(ctx)
		status = caught();
	return status;
}

int engine_draw(int number, fz_matrix m, int w, int h, int patient, unsigned char *pixels, int *inset)
{
	fz_pixmap *pixmap = NULL;
	fz_device *device = NULL;
	int status = ENGINE_OK;
	fz_irect box = { 0, 0, w, h };
	fz_var(pixmap);
	fz_var(device);
	near.watching = !patient;
	near.w = w;
	near.h = h;
	near.inset = 0;
	fz_try(ctx) {
		turn_to(number);
		pixmap = fz_new_pixmap_with_bbox_and_data(ctx, fz_device_rgb(ctx), box, NULL, 1, pixels);
		fz_clear_pixmap_with_value(ctx, pixmap, 255);
		device = fz_new_draw_device(ctx, m, pixmap);
		fz_run_page(ctx, page, device, (fz_matrix){ 1, 0, 0, 1, 0, 0 }, NULL);
		fz_close_device(ctx, device);
	}
	fz_always(ctx) {
		fz_drop_device(ctx, device);
		fz_drop_pixmap(ctx, pixmap);
	}
	fz_catch(ctx)
		status = caught();
	near.watching = 0;
	/* MuPDF's interpreter goes on behind an image that failed, and leaves it out. */
	if (near.inset)
		status = ENGINE_NEAR;
	*inset = near.inset;
	return status;
}

int engine_text(int number, engine_bytes *json)
{
	fz_stext_page *lines = NULL;
	fz_device *device = NULL;
	fz_output *out = NULL;
	int status = ENGINE_OK;
	fz_var(lines);
	fz_var(device);
	fz_var(out);
	fz_drop_buffer(ctx, text);
	text = NULL;
	fz_try(ctx) {
		turn_to(number);
		lines = fz_new_stext_page(ctx, fz_bound_page(ctx, page));
		device = fz_new_stext_device(ctx, lines, NULL);
		fz_run_page(ctx, page, device, (fz_matrix){ 1, 0, 0, 1, 0, 0 }, NULL);
		fz_close_device(ctx, device);
		text = fz_new_buffer(ctx, 4096);
		out = fz_new_output_with_buffer(ctx, text);
		fz_print_stext_page_as_json(ctx, out, lines, 1);
		fz_close_output(ctx, out);
		unsigned char *data;
		json->size = fz_buffer_storage(ctx, text, &data);
		json->data = data;
	}
	fz_always(ctx) {
		fz_drop_output(ctx, out);
		fz_drop_device(ctx, device);
		fz_drop_stext_page(ctx, lines);
	}
	fz_catch(ctx)
		status = caught();
	return status;
}
