/* SPDX-License-Identifier: MIT */
/*
 * Two tables of fixed size in memory, found by a hash under a key of this run, so that nobody can
 * aim at a place. Where a place is full the entry with the fewest guesses makes room: who wants to
 * be forgotten would have to make more guesses for others than are allowed.
 */
#include "people/throttle.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/crypto.h"

enum {
	WAYS = 8, /* entries of a place */
	ACCOUNT_PLACES = 4096,
	ADDRESS_PLACES = 1024,
	WAIT_DOUBLES = 4, /* failures by which the wait of an address doubles */
};

/* The times of the last guesses, oldest first. */
struct guesses {
	uint64_t key[2]; /* 0 0: free */
	int64_t times[THROTTLE_GUESSES];
	int count;
};

struct failures {
	uint64_t key[2];
	int64_t last;
	int count; /* without a pause of THROTTLE_SECONDS between */
};

struct throttle {
	pthread_mutex_t lock;
	unsigned char secret[CRYPTO_KEY_BYTES];
	struct guesses accounts[ACCOUNT_PLACES][WAYS];
	struct failures addresses[ADDRESS_PLACES][WAYS];
};

bool throttle_open(struct throttle **out_throttle, struct error *error)
{
	struct throttle *throttle;

	if (!crypto_start(error))
		return false;
	throttle = calloc(1, sizeof *throttle);
	if (!throttle)
		return error_no_memory(error);
	if (pthread_mutex_init(&throttle->lock, NULL) != 0) {
		free(throttle);
		return error_no_memory(error);
	}
	crypto_random(throttle->secret, sizeof throttle->secret);
	*out_throttle = throttle;
	return true;
}

void throttle_close(struct throttle *throttle)
{
	if (!throttle)
		return;
	pthread_mutex_destroy(&throttle->lock);
	free(throttle);
}

/* A key of a name and, for a device that is known, of its cookie. */
static void key_of(
	const struct throttle *throttle, struct text name, struct text device, uint64_t out_key[2])
{
	unsigned char both[2 * CRYPTO_MAC_BYTES], mac[CRYPTO_MAC_BYTES];

	crypto_mac(throttle->secret, name, both);
	crypto_mac(throttle->secret, device, both + CRYPTO_MAC_BYTES);
	crypto_mac(throttle->secret, (struct text){(const char *)both, sizeof both}, mac);
	memcpy(out_key, mac, 2 * sizeof *out_key);
	out_key[1] |= 1; /* never 0 0 */
}

static void account_key(
	const struct throttle *throttle, const struct attempt *attempt, uint64_t out_key[2])
{
	char lower[LOGIN_LONGEST];
	struct text login = attempt->login;

	if (login_normal(login, lower))
		login.data = lower;
	key_of(throttle, login, attempt->known ? attempt->device : TEXT("unknown"), out_key);
}

/* An IPv6 address is one of 2^64 of the same household: its first four groups count. */
static struct text address_front(struct text address)
{
	size_t colons = 0;

	for (size_t i = 0; i < address.length; i++) {
		colons += address.data[i] == ':';
		if (colons == 4)
			return (struct text){address.data, i};
	}
	return address;
}

static bool same_key(const uint64_t *a, const uint64_t *b)
{
	return a[0] == b[0] && a[1] == b[1];
}

/* Forgets guesses that are too old to count. */
static void age(struct guesses *guesses, int64_t now)
{
	int kept = 0;

	for (int i = 0; i < guesses->count; i++)
		if (guesses->times[i] > now - THROTTLE_SECONDS)
			guesses->times[kept++] = guesses->times[i];
	guesses->count = kept;
}

static struct guesses *find_guesses(struct throttle *throttle, const uint64_t key[2], int64_t now)
{
	struct guesses *place = throttle->accounts[key[0] % ACCOUNT_PLACES], *fewest = place;

	for (int i = 0; i < WAYS; i++) {
		age(&place[i], now);
		if (same_key(place[i].key, key))
			return &place[i];
		if (place[i].count < fewest->count)
			fewest = &place[i];
	}
	*fewest = (struct guesses){.key = {key[0], key[1]}};
	return fewest;
}

static struct failures *find_failures(struct throttle *throttle, const uint64_t key[2], int64_t now)
{
	struct failures *place = throttle->addresses[key[0] % ADDRESS_PLACES], *fewest = place;

	for (int i = 0; i < WAYS; i++) {
		if (place[i].last <= now - THROTTLE_SECONDS)
			place[i].count = 0;
		if (same_key(place[i].key, key))
			return &place[i];
		if (place[i].count < fewest->count)
			fewest = &place[i];
	}
	*fewest = (struct failures){.key = {key[0], key[1]}};
	return fewest;
}

/* Seconds between guesses of an address that failed so often: 1, then twice as many for every
 * WAIT_DOUBLES failures more. */
static int64_t wait_after(int count)
{
	int doubles = (count - THROTTLE_ADDRESS_FREE) / WAIT_DOUBLES;

	if (count < THROTTLE_ADDRESS_FREE)
		return 0;
	return doubles >= 6 ? THROTTLE_ADDRESS_WAIT_MOST : (int64_t)1 << doubles;
}

static int64_t wait_of_address(const struct failures *failures, int64_t now)
{
	int64_t next = failures->last + wait_after(failures->count);

	return next > now ? next - now : 0;
}

static int64_t wait_of_account(const struct guesses *guesses, int64_t now)
{
	if (guesses->count < THROTTLE_GUESSES)
		return 0;
	return guesses->times[0] + THROTTLE_SECONDS - now;
}

void throttle_try(struct throttle *throttle, const struct attempt *attempt, int64_t *out_wait)
{
	uint64_t account[2], address[2];
	struct guesses *guesses;
	struct failures *failures = NULL;
	int64_t wait = 0;

	account_key(throttle, attempt, account);
	key_of(throttle, address_front(attempt->address), TEXT("address"), address);
	pthread_mutex_lock(&throttle->lock);
	if (!attempt->known) {
		failures = find_failures(throttle, address, attempt->now);
		wait = wait_of_address(failures, attempt->now);
	}
	guesses = find_guesses(throttle, account, attempt->now);
	if (!wait)
		wait = wait_of_account(guesses, attempt->now);
	if (!wait) {
		guesses->times[guesses->count++] = attempt->now;
		if (failures) {
			failures->count++;
			failures->last = attempt->now;
		}
	}
	pthread_mutex_unlock(&throttle->lock);
	*out_wait = wait;
}

void throttle_right(struct throttle *throttle, const struct attempt *attempt)
{
	uint64_t account[2], address[2];
	struct guesses *guesses;
	struct failures *failures;

	account_key(throttle, attempt, account);
	key_of(throttle, address_front(attempt->address), TEXT("address"), address);
	pthread_mutex_lock(&throttle->lock);
	guesses = find_guesses(throttle, account, attempt->now);
	if (guesses->count)
		guesses->count--;
	if (!attempt->known) {
		failures = find_failures(throttle, address, attempt->now);
		if (failures->count)
			failures->count--;
	}
	pthread_mutex_unlock(&throttle->lock);
}

/* "NONCE.MAC": the MAC of login and nonce under a key of the vault. */
static void cookie_mac(const struct vault *vault, struct text login, struct text nonce,
	unsigned char out_mac[VAULT_INDEX_BYTES])
{
	char both[LOGIN_LONGEST + 1 + CRYPTO_TOKEN_SIZE];
	size_t length = login.length + 1 + nonce.length;

	if (!login_normal(login, both) || length > sizeof both) {
		crypto_random(out_mac, VAULT_INDEX_BYTES);
		return;
	}
	both[login.length] = '|';
	memcpy(both + login.length + 1, nonce.data, nonce.length);
	vault_index(vault, "device_cookie", (struct text){both, length}, out_mac);
}

char *device_cookie(
	const struct vault *vault, struct text login, char out_cookie[DEVICE_COOKIE_SIZE])
{
	unsigned char mac[VAULT_INDEX_BYTES];
	size_t nonce = CRYPTO_TOKEN_SIZE - 1;

	crypto_token(out_cookie);
	cookie_mac(vault, login, (struct text){out_cookie, nonce}, mac);
	out_cookie[nonce] = '.';
	crypto_base64(mac, sizeof mac, out_cookie + nonce + 1, DEVICE_COOKIE_SIZE - nonce - 1);
	return out_cookie;
}

bool device_cookie_good(const struct vault *vault, struct text login, struct text cookie)
{
	unsigned char mac[VAULT_INDEX_BYTES], given[VAULT_INDEX_BYTES];
	struct text nonce;

	if (!text_split(&cookie, '.', &nonce) || nonce.length != CRYPTO_TOKEN_SIZE - 1 ||
		!crypto_base64_read(cookie, given, sizeof given))
		return false;
	cookie_mac(vault, login, nonce, mac);
	return crypto_equal((struct text){(const char *)mac, sizeof mac},
		(struct text){(const char *)given, sizeof given});
}
