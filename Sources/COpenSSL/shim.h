#ifndef BATCHCOST_COPENSSL_H
#define BATCHCOST_COPENSSL_H

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#endif
