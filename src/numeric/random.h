/* SPDX-License-Identifier: MIT */
/*
 * Seeded random numbers: the same seed gives the same numbers on every machine.
 *
 * xoshiro256** (Blackman and Vigna 2018) seeded by splitmix64. Not for secrets. Only whole numbers,
 * + - * / and square root are used, so no mathematics library can change a number.
 */
#ifndef HEARTH_NUMERIC_RANDOM_H
#define HEARTH_NUMERIC_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct random {
	uint64_t state[4];
};

void random_seed(struct random *random, uint64_t seed);

/* A sequence of its own for item `number` under `seed`: items can be made in any order. */
void random_seed_item(struct random *random, uint64_t seed, uint64_t number);

/* 64 random bits. */
uint64_t random_next(struct random *random);

/* [0, 1), in steps of 2^-53. */
double random_uniform(struct random *random);

/* 0 to n - 1, each as likely as the other (Lemire 2019); 0 for n = 0. */
uint64_t random_below(struct random *random, uint64_t n);

/* low to high, both included, each as likely as the other; low <= high. */
int64_t random_between(struct random *random, int64_t low, int64_t high);

/* True with the given probability. */
bool random_chance(struct random *random, double probability);

/* The place of one of `n` weights (>= 0, not all 0), each as likely as its weight says. */
size_t random_weighted(struct random *random, const double *weights, size_t n);

/* Mean 0, standard deviation 1: the normal quantile of a uniform number. */
double random_normal(struct random *random);

#endif
