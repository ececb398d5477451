package ocr

// cursor reads a module. What is not there makes it bad, and it reads zeros from then on.
type cursor struct {
	rest []byte
	bad  bool
}

func (c *cursor) byte() byte {
	if b := c.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (c *cursor) bytes(n int) []byte {
	if n < 0 || n > len(c.rest) {
		c.bad, c.rest = true, nil
		return nil
	}
	b := c.rest[:n]
	c.rest = c.rest[n:]
	return b
}

// number reads a LEB128 number. Of a signed or a longer one than 32 bits only its place is of interest.
func (c *cursor) number() uint32 {
	const longest = 10
	n := uint32(0)
	for shift := 0; shift < 7*longest; shift += 7 {
		b := c.byte()
		n |= uint32(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	c.bad = true
	return 0
}

// operands skips what follows an opcode (WebAssembly 2.0, chapter 5.4). What that version does not know is bad.
func (c *cursor) operands(opcode byte) {
	switch {
	case opcode <= 0x01, opcode == 0x05, opcode == 0x0b, opcode == 0x0f, opcode == 0x1a, opcode == 0x1b, opcode >= 0x45 && opcode <= 0xc4, opcode == 0xd1:
	case opcode >= 0x02 && opcode <= 0x04, opcode == 0x0c, opcode == 0x0d, opcode == 0x10, opcode >= 0x20 && opcode <= 0x26,
		opcode >= 0x3f && opcode <= 0x42, opcode == 0xd0, opcode == 0xd2: // a type, a label, an index or a constant
		c.number()
	case opcode == 0x11, opcode >= 0x28 && opcode <= 0x3e: // call_indirect, loads and stores
		c.number()
		c.number()
	case opcode == 0x0e, opcode == 0x1c: // br_table has one label more than it counts
		n := c.number()
		if opcode == 0x0e {
			c.number()
		}
		for ; n > 0 && !c.bad; n-- {
			c.number()
		}
	case opcode == 0x43:
		c.bytes(4)
	case opcode == 0x44:
		c.bytes(8)
	case opcode == 0xfc:
		c.bulk(c.number())
	case opcode == 0xfd:
		c.vector(c.number())
	default:
		c.bad = true
	}
}

// bulk skips the operands of memory, table and saturating instructions.
func (c *cursor) bulk(opcode uint32) {
	switch {
	case opcode <= 7:
	case opcode == 9, opcode == 11, opcode == 13, opcode >= 15 && opcode <= 17:
		c.number()
	case opcode <= 17:
		c.number()
		c.number()
	default:
		c.bad = true
	}
}

// vector skips the operands of SIMD instructions.
func (c *cursor) vector(opcode uint32) {
	switch {
	case opcode <= 11, opcode == 92, opcode == 93: // loads and stores
		c.number()
		c.number()
	case opcode == 12, opcode == 13: // 16 bytes of a constant, or lanes
		c.bytes(16)
	case opcode >= 21 && opcode <= 34: // one lane
		c.byte()
	case opcode >= 84 && opcode <= 91: // loads and stores of one lane
		c.number()
		c.number()
		c.byte()
	case opcode <= 255:
	default:
		c.bad = true
	}
}
