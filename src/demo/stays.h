/* SPDX-License-Identifier: MIT */
/*
 * Where a child of the demonstration has lived: stays, one after the other, from coming into care
 * to the day as at or to leaving.
 *
 * The one rule: stays touch (each starts the day the one before ends) and are in order.
 */
#ifndef HEARTH_DEMO_STAYS_H
#define HEARTH_DEMO_STAYS_H

#include "demo/child.h"

enum { STAYS_MOST = 24, URN_SIZE = 8, POSTCODE_SIZE = 12 };

struct stay {
	int32_t from, to; /* to is DATE_MISSING for the current one */
	enum kind kind;
	struct text place, sector; /* PLACE and PLACE_PROVIDER */
	size_t authority;	   /* where it is */
	size_t provider;	   /* of the providers, where the kind has any */
	uint64_t home;		   /* of children's homes */
	bool same_carer;	   /* as the stay before: only its kind of placement changed */
	bool temporary;		   /* a PLACE of T0 to T4 */
	bool returning;		   /* back from a temporary one to the stay before it */
	char urn[URN_SIZE];	   /* empty where the home has none */
	char postcode[POSTCODE_SIZE];
	struct text reason_moved; /* REASON_PLACE_CHANGE when it ended, where that is asked for */
};

struct stays {
	struct stay rows[STAYS_MOST];
	size_t count;
};

/* Makes all stays of a child, with what comes from the child's random numbers. */
void stays_make(struct stays *out_stays, struct child *child, const struct cast *cast);

/* The registration numbers of the demonstration, which nobody has: seven digits from 9100000. */
void urn_of_home(char out[URN_SIZE], enum kind kind, uint64_t home);
void urn_of_provider(char out[URN_SIZE], size_t provider);
void urn_of_fostering_service(char out[URN_SIZE], size_t authority);

/* A postcode of a district that does not exist. */
void postcode_of(char out[POSTCODE_SIZE], const struct cast *cast, size_t authority, uint64_t key);

#endif
