#include "CPlatform.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum {
    BLOCK = 64 << 10,
    /* The largest window, with gzip's header and trailer (zlib.h, inflateInit2). */
    GZIP_WINDOW = 15 + 16
};

static ssize_t read_block(int descriptor, unsigned char *block)
{
    ssize_t got;
    do got = read(descriptor, block, BLOCK);
    while (got < 0 && errno == EINTR);
    return got;
}

static int write_all(int descriptor, const unsigned char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

int pawl_gzip(int source, int target)
{
    unsigned char input[BLOCK], output[BLOCK];
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return ENOMEM;
    int code = 0, flush = Z_NO_FLUSH;
    while (code == 0 && flush != Z_FINISH) {
        ssize_t got = read_block(source, input);
        if (got < 0) {
            code = errno;
            break;
        }
        flush = got == 0 ? Z_FINISH : Z_NO_FLUSH;
        stream.next_in = input;
        stream.avail_in = (uInt)got;
        do {
            stream.next_out = output;
            stream.avail_out = BLOCK;
            deflate(&stream, flush);
            code = write_all(target, output, BLOCK - stream.avail_out);
        } while (code == 0 && stream.avail_out == 0);
    }
    deflateEnd(&stream);
    return code;
}

/* Unpacks into `target`, or, where that is negative, into the `capacity` bytes at `buffer`. */
static int unpack(int source, int target, unsigned char *buffer, size_t capacity, size_t *filled)
{
    unsigned char input[BLOCK], output[BLOCK];
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK) return ENOMEM;
    int code = 0, state = Z_OK;
    *filled = 0;
    while (code == 0) {
        ssize_t got = read_block(source, input);
        if (got < 0) {
            code = errno;
            break;
        }
        if (got == 0) {
            /* The file ends before the stream does. */
            if (state != Z_STREAM_END) code = PAWL_DAMAGED;
            break;
        }
        if (state == Z_STREAM_END) {
            code = PAWL_DAMAGED;
            break;
        }
        stream.next_in = input;
        stream.avail_in = (uInt)got;
        do {
            stream.next_out = output;
            stream.avail_out = BLOCK;
            state = inflate(&stream, Z_NO_FLUSH);
            if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR) {
                code = state == Z_MEM_ERROR ? ENOMEM : PAWL_DAMAGED;
                break;
            }
            size_t count = BLOCK - stream.avail_out;
            if (target >= 0) {
                code = write_all(target, output, count);
                *filled += count;
            } else {
                if (count > capacity - *filled) count = capacity - *filled;
                memcpy(buffer + *filled, output, count);
                *filled += count;
                if (*filled == capacity) {
                    inflateEnd(&stream);
                    return 0;
                }
            }
        } while (code == 0 && state != Z_STREAM_END && stream.avail_out == 0);
        /* Nothing may follow: it would be bytes that no check covers. */
        if (code == 0 && state == Z_STREAM_END && stream.avail_in > 0) code = PAWL_DAMAGED;
    }
    inflateEnd(&stream);
    return code;
}

int pawl_gunzip(int source, int target)
{
    size_t filled;
    return unpack(source, target, NULL, 0, &filled);
}

int pawl_gunzip_head(int source, uint8_t *buffer, size_t capacity, size_t *filled)
{
    return unpack(source, -1, buffer, capacity, filled);
}

uint32_t pawl_crc32(const void *data, size_t length)
{
    return (uint32_t)crc32_z(0, data, length);
}
