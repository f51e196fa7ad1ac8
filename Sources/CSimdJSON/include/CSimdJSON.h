#ifndef CSIMDJSON_H
#define CSIMDJSON_H
int simdjson_shim_placeholder(void);
#endif
