#ifndef BATCHCOST_CCURL_H
#define BATCHCOST_CCURL_H

#include <curl/curl.h>

/* libcurl's setters are variadic, which Swift cannot call: one typed function for each kind of value. */

typedef size_t (*bc_curl_receive)(char *bytes, size_t size, size_t count, void *user);

static inline CURLcode bc_curl_set_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode bc_curl_set_offset(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode bc_curl_set_string(CURL *h, CURLoption o, const char *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode bc_curl_set_pointer(CURL *h, CURLoption o, const void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode bc_curl_set_list(CURL *h, CURLoption o, struct curl_slist *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode bc_curl_set_receive(CURL *h, CURLoption o, bc_curl_receive v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode bc_curl_get_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLMcode bc_curl_multi_set_long(CURLM *m, CURLMoption o, long v) { return curl_multi_setopt(m, o, v); }

/* The next transfer that has ended, or NULL; its result goes to *result. */
static inline CURL *bc_curl_multi_next_done(CURLM *m, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(m, &left)) != NULL) {
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  }
  return NULL;
}

#endif
