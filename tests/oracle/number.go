package main

import (
	"math"
	"strconv"
)

// number is a float64 that keeps every bit in JSON (but for the payload of a NaN): what JSON has no literal for is a string.
type number float64

func (n *number) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		text = text[1 : len(text)-1]
	}
	value, err := strconv.ParseFloat(string(text), 64)
	*n = number(value)
	return err
}

func (n number) MarshalJSON() ([]byte, error) {
	v := float64(n)
	text := strconv.FormatFloat(v, 'g', -1, 64)
	if math.IsNaN(v) || math.IsInf(v, 0) || (v == 0 && math.Signbit(v)) {
		text = `"` + text + `"`
	}
	return []byte(text), nil
}

func toNumbers(values []float64) []number {
	numbers := make([]number, len(values))
	for i, v := range values {
		numbers[i] = number(v)
	}
	return numbers
}
