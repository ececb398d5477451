package fiscalcode

// oddValues are what the letters A to Z count for in the 1st, 3rd … 15th place; a digit counts as the letter of its rank
// (0 as A). In the others a letter counts for its rank from 0, and a digit for itself.
var oddValues = [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}

// checkCharacter computes the last character of a code from its first fifteen, capital letters and digits.
func checkCharacter(first string) byte {
	sum := 0
	for i := range len(first) {
		rank := int(first[i] - '0')
		if first[i] >= 'A' {
			rank = int(first[i] - 'A')
		}
		if i%2 == 0 {
			rank = oddValues[rank]
		}
		sum += rank
	}
	return byte('A' + sum%26)
}

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
