/* SPDX-License-Identifier: MIT */
/*
 * Deals children out evenly: shuffles that need no memory, and numbers that fill [0, 1) evenly in
 * every run of neighbouring places.
 *
 * The one rule: whole-number arithmetic only, a function of its arguments alone; so a million
 * children are made one by one and each is the same on every machine.
 */
#ifndef HEARTH_DEMO_DECK_H
#define HEARTH_DEMO_DECK_H

#include <stddef.h>
#include <stdint.h>

/* Where item `number` of [0, count) comes to lie in the shuffle of that key: a Feistel network of
 * four rounds on the next even power of two, walked until it falls below count. */
uint64_t deck_shuffle(uint64_t key, uint64_t number, uint64_t count);

/* An even share in (0, 1) for that place and use: each run of 8 places has one in each eighth, each
 * run of 64 one in each sixty-fourth, in an order of its own for each dimension (a Latin hypercube
 * of McKay, Beckman and Conover 1979, run by run). */
double deck_even(uint64_t key, int dimension, uint64_t place);

/* The item of `count` weights that a share in [0, 1) falls on. */
size_t deck_choose(const double *weights, size_t count, double share);

/* 64 bits of mixture (the finaliser of splitmix64). */
uint64_t deck_mix(uint64_t bits);

#endif
