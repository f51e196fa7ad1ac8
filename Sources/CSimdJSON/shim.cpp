extern "C" int simdjson_shim_placeholder(void) { return 0; }
