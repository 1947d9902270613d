#pragma once
/* What glibc has and Swift's Glibc module, built without _GNU_SOURCE, does not show. */
#include <malloc.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

extern int pthread_setname_np(pthread_t thread, const char *name);
