package ocr

import "encoding/binary"

// The smallest modules that the engine runs: one import beside pause, one function "x" that tests write.
const (
	voidType = iota // () -> ()
	fourType        // (i32, i32, i32, i32) -> i32
	takeType        // (i32) -> i32
)

// module is a module with a page of memory, the import "a".letter of a type as function 1, and x, of takeType, with
// these instructions.
func module(letter string, kind byte, instructions ...byte) []byte {
	const i32 = 0x7f
	section := func(id byte, content ...byte) []byte { return appendSized([]byte{id}, content) }
	name := func(s string) []byte { return appendSized(nil, []byte(s)) }
	imports := []byte{2}
	imports = append(append(append(imports, name("a")...), name(pause)...), 0, voidType)
	imports = append(append(append(imports, name("a")...), name(letter)...), 0, kind)
	exports := append(append([]byte{2}, name("T")...), 2, 0)
	exports = append(append(exports, name("x")...), 0, 2)
	body := append(append([]byte{0}, instructions...), 0x0b)

	m := binary.LittleEndian.AppendUint32([]byte("\x00asm"), 1)
	m = append(m, section(1, 3, 0x60, 0, 0, 0x60, 4, i32, i32, i32, i32, 1, i32, 0x60, 1, i32, 1, i32)...)
	m = append(m, section(2, imports...)...)
	m = append(m, section(3, 1, takeType)...)
	m = append(m, section(5, 1, 0, 1)...)
	m = append(m, section(6, 1, i32, 1, 0x41, 0, 0x0b)...)
	m = append(m, section(7, exports...)...)
	return append(m, section(10, append([]byte{1}, appendSized(nil, body)...)...)...)
}

// countdown is x(n): a loop of n turns, n at least 1.
func countdown() []byte {
	return module("p", fourType, 0x03, 0x40, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b, 0x20, 0)
}

// asking is x(n): one call of the import with four arguments.
func asking(letter string, arguments [4]int64) []byte {
	var code []byte
	for _, a := range arguments {
		code = appendSigned(append(code, 0x41), a)
	}
	return module(letter, fourType, append(code, 0x10, 1)...)
}

// appendSigned appends a signed LEB128 number.
func appendSigned(b []byte, v int64) []byte {
	for {
		low := byte(v & 0x7f)
		v >>= 7
		if v == 0 && low&0x40 == 0 || v == -1 && low&0x40 != 0 {
			return append(b, low)
		}
		b = append(b, low|0x80)
	}
}

// given is a Config of a module that is no Tesseract.
func given(module []byte) Config {
	return Config{Core: func() ([]byte, error) { return module, nil }, Italian: func() ([]byte, error) { return []byte("language"), nil }}
}
