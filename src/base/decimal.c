/* SPDX-License-Identifier: MIT */
#include "base/decimal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { DIGITS_LEAST = 15, DIGITS_MOST = 17, MANTISSA_BITS = 53 };

/* number = mantissa / 2^shift, the mantissa of 53 bits. */
struct binary {
	uint64_t mantissa;
	int shift;
};

static wide ten_to(int power)
{
	static const uint64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000,
		100000000, 1000000000, 10000000000};

	return power <= 10 ? tens[power] : (wide)tens[10] * tens[power - 10];
}

/* The power of ten of the first digit: from -4 to 14. */
static int first_power(const struct binary *binary)
{
	wide one = (wide)1 << binary->shift;
	int power = 0;

	if (binary->mantissa < one) {
		while (binary->mantissa * ten_to(-power) < one)
			power--;
		return power;
	}
	while (binary->mantissa >= one * ten_to(power + 1))
		power++;
	return power;
}

/* Rounds to `decimals` decimals, half to even; whether the result reads back to the same number: it
 * is not farther than half the distance to the neighbour. */
static bool round_to(const struct binary *binary, int decimals, uint64_t *out_digits)
{
	wide ten = ten_to(decimals), scaled = binary->mantissa * ten,
	     one = (wide)1 << binary->shift;
	wide rest = scaled & (one - 1), half = one >> 1;
	uint64_t digits = (uint64_t)(scaled >> binary->shift);
	bool up = rest > half || (rest == half && (digits & 1));
	wide distance = up ? one - rest : rest;

	*out_digits = digits + up;
	/* below a power of two the neighbour is only half as far */
	if (binary->mantissa == UINT64_C(1) << (MANTISSA_BITS - 1) && !up)
		return 4 * distance <= ten;
	return 2 * distance < ten || (2 * distance == ten && (binary->mantissa & 1) == 0);
}

/* `digits` with the point before the last `decimals`, without zeros at the end. */
static void write_digits(char *out, uint64_t digits, int decimals)
{
	char reversed[DECIMAL_SIZE];
	int count = 0;

	for (; decimals > 0 && digits % 10 == 0; decimals--)
		digits /= 10;
	do {
		reversed[count++] = (char)('0' + digits % 10);
		digits /= 10;
		if (--decimals == 0)
			reversed[count++] = '.';
	} while (digits || decimals >= 0);
	while (count)
		*out++ = reversed[--count];
	*out = '\0';
}

bool decimal_text(double number, char out[DECIMAL_SIZE])
{
	double size = fabs(number);
	struct binary binary;
	uint64_t digits = 0;
	int exponent, power, decimals = 0;

	if (number == 0 && !signbit(number)) {
		memcpy(out, "0", 2);
		return true;
	}
	if (!(size >= 1e-4 && size < 9e14))
		return false;
	binary.mantissa = (uint64_t)ldexp(frexp(size, &exponent), MANTISSA_BITS);
	binary.shift = MANTISSA_BITS - exponent;
	power = first_power(&binary);
	for (int count = DIGITS_LEAST; count <= DIGITS_MOST; count++) {
		decimals = count - 1 - power;
		if (round_to(&binary, decimals, &digits))
			break;
	}
	if (number < 0)
		*out++ = '-';
	write_digits(out, digits, decimals);
	return true;
}
