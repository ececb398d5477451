package fiscalcode

// provisionalCheck reports whether the last of eleven digits follows from the others, as in a partita IVA: the digits in
// even places are doubled, the digits of all are summed, and the last one makes the sum a multiple of ten.
func provisionalCheck(digits string) bool {
	sum := 0
	for i := range len(digits) {
		n := int(digits[i] - '0')
		if i%2 == 1 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return sum%10 == 0
}
