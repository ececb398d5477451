package sample

import "strings"

// faxCodes are the code words of one colour (ITU-T T.4): those of runs of 0 to 63, then of 64 to 1728 in steps of 64.
var faxCodes = [2][]string{
	strings.Fields("00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 " +
		"101010 101011 0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 " +
		"0011000 00000010 00000011 00011010 00011011 00010010 00010011 00010100 00010101 00010110 00010111 " +
		"00101000 00101001 00101010 00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 " +
		"01010011 01010100 01010101 00100100 00100101 01011000 01011001 01011010 01011011 01001010 01001011 " +
		"00110010 00110011 00110100 " +
		"11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 " +
		"011010010 011010011 011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 " +
		"010011000 010011001 010011010 011000 010011011"),
	strings.Fields("0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 " +
		"000011000 0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 " +
		"00000101000 00000010111 00000011000 000011001010 000011001011 000011001100 000011001101 000001101000 " +
		"000001101001 000001101010 000001101011 000011010010 000011010011 000011010100 000011010101 " +
		"000011010110 000011010111 000001101100 000001101101 000011011010 000011011011 000001010100 " +
		"000001010101 000001010110 000001010111 000001100100 000001100101 000001010010 000001010011 " +
		"000000100100 000000110111 000000111000 000000100111 000000101000 000001011000 000001011001 " +
		"000000101011 000000101100 000001011010 000001100110 000001100111 " +
		"0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 " +
		"0000001101100 0000001101101 0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 " +
		"0000001110011 0000001110100 0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 " +
		"0000001010100 0000001010101 0000001011010 0000001011011 0000001100100 0000001100101"),
}

// faxLong are the code words of runs of 1792 to 2560 in steps of 64, of both colours.
var faxLong = strings.Fields("00000001000 00000001100 00000001101 000000010010 000000010011 000000010100 000000010101 000000010110 " +
	"000000010111 000000011100 000000011101 000000011110 000000011111")

// Code words of the modes of T.6; faxVertical is indexed by a1-b1+3.
const (
	faxPass       = "0001"
	faxHorizontal = "001"
	faxEnd        = "000000000001"
)

var faxVertical = [7]string{"0000010", "000010", "010", "1", "011", "000011", "0000011"}

// bits collects code words.
type bits struct {
	bytes []byte
	n     int
}

func (b *bits) put(code string) {
	for i := range len(code) {
		if b.n%8 == 0 {
			b.bytes = append(b.bytes, 0)
		}
		if code[i] == '1' {
			b.bytes[b.n/8] |= 0x80 >> (b.n % 8)
		}
		b.n++
	}
}

// run writes the length of a run of one colour, 0 white and 1 black.
func (b *bits) run(colour, length int) {
	for length >= 2560 {
		b.put(faxLong[12])
		length -= 2560
	}
	if length >= 1792 {
		b.put(faxLong[(length-1792)/64])
		length %= 64
	} else if length >= 64 {
		b.put(faxCodes[colour][63+length/64])
		length %= 64
	}
	b.put(faxCodes[colour][length])
}

// fax compresses a two-colour picture, rows of true for black, by T.6 ("group 4").
func fax(rows [][]bool, width int) []byte {
	var b bits
	above := make([]bool, width)
	for _, row := range rows {
		b.row(row, above, width)
		above = row
	}
	b.put(faxEnd)
	b.put(faxEnd)
	return b.bytes
}

// row writes one row by its changes against the row above. a0 is where coding stands, a1 and a2 are the next changes
// of this row, b1 and b2 those of the row above.
func (b *bits) row(row, above []bool, width int) {
	colour := false
	for a0 := -1; a0 < width; {
		from := max(a0, 0)
		a1 := change(row, from, colour, width)
		b1 := above1(above, a0, colour, width)
		b2 := change(above, b1, !colour, width)
		switch d := a1 - b1; {
		case b2 < a1:
			b.put(faxPass)
			a0 = b2
		case d >= -3 && d <= 3:
			b.put(faxVertical[d+3])
			a0 = a1
			colour = !colour
		default:
			a2 := change(row, a1, !colour, width)
			b.put(faxHorizontal)
			b.run(index(colour), a1-from)
			b.run(index(!colour), a2-a1)
			a0 = a2
		}
	}
}

// change is the first place from x on that is not of the colour, or the width.
func change(row []bool, x int, colour bool, width int) int {
	for x < width && row[x] == colour {
		x++
	}
	return x
}

// above1 is b1: the first change right of a0 in the row above to the colour opposite to the one being coded.
func above1(above []bool, a0 int, colour bool, width int) int {
	for x := a0 + 1; x < width; x++ {
		before := x > 0 && above[x-1]
		if above[x] != before && above[x] != colour {
			return x
		}
	}
	return width
}

func index(colour bool) int {
	if colour {
		return 1
	}
	return 0
}

// fax1D compresses by T.4 in one dimension ("group 3"): each row stands alone, behind an end-of-line code.
func fax1D(rows [][]bool, width int) []byte {
	var b bits
	for _, row := range rows {
		b.put(faxEnd)
		colour := false
		for x := 0; x < width; colour = !colour {
			end := change(row, x, colour, width)
			b.run(index(colour), end-x)
			x = end
		}
	}
	return b.bytes
}
