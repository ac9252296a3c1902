// SPDX-License-Identifier: Apache-2.0
#include "resolver.h"

#include <netdb.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#define RESOLVER_RETRY_NS 200000000

static bool resolve(const char *host, struct in_addr *address)
{
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM};
	struct addrinfo *found = NULL;

	if (getaddrinfo(host, NULL, &hints, &found) || !found)
		return false;
	*address = ((struct sockaddr_in *)(void *)found->ai_addr)->sin_addr;
	freeaddrinfo(found);
	return true;
}

/*
 * Called with the lock held, which is released while getaddrinfo works. Returns
 * the mask of failures.
 */
static uint32_t resolve_mask(struct resolver *resolver, uint32_t mask)
{
	uint32_t failed = 0;
	unsigned id;

	for (id = 1; id <= resolver->peers->count && !resolver->stop; id++) {
		struct in_addr address;
		bool known;

		if (!(mask & 1u << id))
			continue;
		pthread_mutex_unlock(&resolver->lock);
		known = resolve(resolver->peers->at[id].host, &address);
		pthread_mutex_lock(&resolver->lock);
		if (known) {
			resolver->answer[id] = address;
			resolver->done |= 1u << id;
		} else {
			failed |= 1u << id;
		}
	}
	return failed;
}

static void wait_before_retry(struct resolver *resolver)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += RESOLVER_RETRY_NS;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	pthread_cond_timedwait(&resolver->wake, &resolver->lock, &until);
}

static void *work(void *argument)
{
	struct resolver *resolver = argument;

	pthread_mutex_lock(&resolver->lock);
	while (!resolver->stop) {
		uint32_t mask = resolver->wanted;

		if (!mask) {
			pthread_cond_wait(&resolver->wake, &resolver->lock);
			continue;
		}
		resolver->wanted = 0;
		mask = resolve_mask(resolver, mask);
		resolver->wanted |= mask;
		if (mask)
			wait_before_retry(resolver);
	}
	pthread_mutex_unlock(&resolver->lock);
	return NULL;
}

static int start_thread(struct resolver *resolver)
{
	sigset_t all, before;
	int err;

	/*
	 * A new thread inherits the mask: signals have to end the main thread's wait, not
	 * this one's.
	 */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	err = pthread_create(&resolver->thread, NULL, work, resolver);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -err;
}

int resolver_start(struct resolver *resolver, const struct config_peers *peers)
{
	pthread_condattr_t attributes;
	int err;

	memset(resolver, 0, sizeof(*resolver));
	resolver->peers = peers;
	pthread_mutex_init(&resolver->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&resolver->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	err = start_thread(resolver);
	resolver->started = !err;
	return err;
}

void resolver_ask(struct resolver *resolver, uint32_t replicas)
{
	pthread_mutex_lock(&resolver->lock);
	resolver->wanted |= replicas;
	pthread_cond_signal(&resolver->wake);
	pthread_mutex_unlock(&resolver->lock);
}

uint32_t resolver_collect(struct resolver *resolver, struct in_addr answer[WIRE_MAX_REPLICAS + 1])
{
	uint32_t done;

	if (pthread_mutex_trylock(&resolver->lock))
		return 0;
	done = resolver->done;
	if (done)
		memcpy(answer, resolver->answer, sizeof(resolver->answer));
	resolver->done = 0;
	pthread_mutex_unlock(&resolver->lock);
	return done;
}

void resolver_stop(struct resolver *resolver)
{
	if (!resolver->started)
		return;
	pthread_mutex_lock(&resolver->lock);
	resolver->stop = true;
	pthread_cond_signal(&resolver->wake);
	pthread_mutex_unlock(&resolver->lock);
	pthread_detach(resolver->thread);
}
