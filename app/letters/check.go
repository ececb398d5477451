package letters

// oddValues are what the letters A to Z count for in odd places, from the first on.
var oddValues = [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}

// Check computes the letter that Italian registers write beside capital letters and digits to catch slips: the last of a
// codice fiscale (decree of 23 December 1976) and the CIN of an account number. Letters count for their rank, a digit as
// the letter of its rank (0 as A); in odd places another table holds. It differs when one character is another letter or
// another digit, and when two neighbours are swapped, unless they are W and Y.
func Check(s string) byte {
	sum := 0
	for i := range len(s) {
		rank := int(s[i] - '0')
		if s[i] >= 'A' {
			rank = int(s[i] - 'A')
		}
		if i%2 == 0 {
			rank = oddValues[rank]
		}
		sum += rank
	}
	return byte('A' + sum%26)
}
