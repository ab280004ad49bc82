/* SPDX-License-Identifier: MIT */
#include "numeric/random.h"

#include "numeric/distribution.h"
#include "numeric/wide.h"

static uint64_t splitmix64(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15U;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	return z ^ z >> 31;
}

void random_seed(struct random *random, uint64_t seed)
{
	for (int i = 0; i < 4; i++)
		random->state[i] = splitmix64(&seed);
}

void random_seed_item(struct random *random, uint64_t seed, uint64_t number)
{
	/* mixed one after the other: seed 1 item 2 and seed 2 item 1 have nothing in common */
	uint64_t mixed = splitmix64(&seed) + number;

	random_seed(random, splitmix64(&mixed));
}

static uint64_t rotate(uint64_t bits, int by)
{
	return bits << by | bits >> (64 - by);
}

uint64_t random_next(struct random *random)
{
	uint64_t *s = random->state;
	uint64_t result = rotate(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

double random_uniform(struct random *random)
{
	return (double)(random_next(random) >> 11) * 0x1p-53;
}

uint64_t random_below(struct random *random, uint64_t n)
{
	if (n == 0)
		return 0;
	/* The high half of bits * n; the low halves below 2^64 mod n would favour some numbers. */
	uint64_t unfair = -n % n;
	numeric_wide_unsigned product;
	do {
		product = (numeric_wide_unsigned)random_next(random) * n;
	} while ((uint64_t)product < unfair);
	return (uint64_t)(product >> 64);
}

int64_t random_between(struct random *random, int64_t low, int64_t high)
{
	uint64_t count = (uint64_t)high - (uint64_t)low + 1;
	uint64_t above = count == 0 ? random_next(random) : random_below(random, count);

	return (int64_t)((uint64_t)low + above);
}

bool random_chance(struct random *random, double probability)
{
	return random_uniform(random) < probability;
}

size_t random_weighted(struct random *random, const double *weights, size_t n)
{
	double sum = 0;
	size_t last = 0;

	for (size_t i = 0; i < n; i++) {
		sum += weights[i];
		last = weights[i] > 0 ? i : last;
	}
	double left = random_uniform(random) * sum;
	for (size_t i = 0; i < last; i++) {
		if (left < weights[i])
			return i;
		left -= weights[i];
	}
	return last;
}

double random_normal(struct random *random)
{
	/* 52 bits and half a step up: never 0, and never nearer to 1 than to 0 */
	return normal_quantile(((double)(random_next(random) >> 12) + 0.5) * 0x1p-52);
}
