/* SPDX-License-Identifier: MIT */
#include "demo/deck.h"

enum { DECK_ROUNDS = 4, DECK_SUIT = 8 };

uint64_t deck_mix(uint64_t bits)
{
	bits += UINT64_C(0x9e3779b97f4a7c15);
	bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
	return bits ^ (bits >> 31);
}

/* Bits of one half of the smallest square of a power of two that holds count items. */
static int deck_half_bits(uint64_t count)
{
	int bits = 1;

	while (bits < 31 && (UINT64_C(1) << (2 * bits)) < count)
		bits++;
	return bits;
}

static uint64_t deck_round_trip(uint64_t key, uint64_t number, int bits)
{
	uint64_t mask = (UINT64_C(1) << bits) - 1;
	uint64_t left = number >> bits, right = number & mask;

	for (uint64_t round = 0; round < DECK_ROUNDS; round++) {
		uint64_t next =
			left ^ (deck_mix(key ^ deck_mix(right * DECK_ROUNDS + round)) & mask);

		left = right;
		right = next;
	}
	return left << bits | right;
}

uint64_t deck_shuffle(uint64_t key, uint64_t number, uint64_t count)
{
	int bits = deck_half_bits(count);

	do
		number = deck_round_trip(key, number, bits);
	while (number >= count);
	return number;
}

double deck_even(uint64_t key, int dimension, uint64_t place)
{
	uint64_t own = deck_mix(key ^ deck_mix((uint64_t)dimension + 1));
	uint64_t run = place / DECK_SUIT, runs = run / DECK_SUIT;
	uint64_t coarse = deck_shuffle(deck_mix(own ^ run), place % DECK_SUIT, DECK_SUIT);
	uint64_t fine = deck_shuffle(
		deck_mix(~own ^ (runs * DECK_SUIT + coarse)), run % DECK_SUIT, DECK_SUIT);
	uint64_t rest = deck_mix(own ^ deck_mix(place));

	return ((double)(coarse * DECK_SUIT + fine) + ((double)(rest >> 11) + 0.5) * 0x1p-53) /
	       (DECK_SUIT * DECK_SUIT);
}

size_t deck_choose(const double *weights, size_t count, double share)
{
	double whole = 0, below = 0;

	for (size_t i = 0; i < count; i++)
		whole += weights[i];
	for (size_t i = 0; i + 1 < count; i++) {
		below += weights[i];
		if (share * whole < below)
			return i;
	}
	return count - 1;
}
