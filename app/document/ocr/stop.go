package ocr

import (
	"encoding/binary"
	"errors"
	"slices"
)

// Compiled code that runs in a loop can be neither ended nor put aside: not only would a page that it lost itself in never
// come back, but Go's collector, and with it the whole window, would wait for it. wazero's own check at every turn of
// every loop makes reading five times as long. So the module is changed before it is compiled: each turn of a loop takes
// one from a counter, and when that is used up the module calls a function of ours and fills it again.

// turns is how many turns of loops the module makes between two calls of ours: less than a millisecond.
const turns = 1 << 18

// pause is the import that the module then calls. It was abort; whatever still calls it for that traps right after it.
const pause = "N"

var errModule = errors.New("ocr: not a module that can be stopped")

// The sections of a module that are looked at, and the kind of import that is a function.
const (
	importSection = 2
	globalSection = 6
	codeSection   = 10
	functionKind  = 0
)

// stoppable returns the module with a counter that is counted down in every loop.
func stoppable(module []byte) ([]byte, error) {
	const header = 8
	if len(module) < header {
		return nil, errModule
	}
	out := append(make([]byte, 0, len(module)+len(module)/8), module[:header]...)
	in := cursor{rest: module[header:]}
	function, global := -1, -1
	for len(in.rest) > 0 && !in.bad {
		id := in.byte()
		content := cursor{rest: in.bytes(int(in.number()))}
		var changed []byte
		switch id {
		case importSection:
			changed = content.rest
			function = content.find(pause)
		case globalSection:
			changed, global = content.withCounter()
		case codeSection:
			changed = content.counting(count(function, global))
		default:
			changed = content.rest
		}
		in.bad = in.bad || content.bad
		out = appendSized(append(out, id), changed)
	}
	if in.bad || function < 0 || global < 0 {
		return nil, errModule
	}
	return out, nil
}

// count is what stands at the head of a loop: if (--counter == 0) { counter = turns; pause() }.
func count(function, global int) []byte {
	const globalGet, globalSet, i32Const, subtract, isZero, begin, void, call, end = 0x23, 0x24, 0x41, 0x6b, 0x45, 0x04, 0x40, 0x10, 0x0b
	var c []byte
	op := func(opcode byte, operand int) { c = binary.AppendUvarint(append(c, opcode), uint64(operand)) }
	op(globalGet, global)
	op(i32Const, 1)
	c = append(c, subtract)
	op(globalSet, global)
	op(globalGet, global)
	c = append(c, isZero, begin, void)
	op(i32Const, turns)
	op(globalSet, global)
	op(call, function)
	return append(c, end)
}

// find returns the number of the function that a section of imports has under a name, -1 without one. Anything but
// functions is bad.
func (c *cursor) find(name string) int {
	number := -1
	n := int(c.number())
	for i := range n {
		c.bytes(int(c.number()))
		if string(c.bytes(int(c.number()))) == name {
			number = i
		}
		c.bad = c.bad || c.byte() != functionKind
		c.number()
		if c.bad {
			break
		}
	}
	return number
}

// withCounter returns a section of globals with one more, and its number. It begins used up, so that the first loop
// pauses.
func (c *cursor) withCounter() ([]byte, int) {
	n := c.number()
	counter := []byte{0x7f, 1, 0x41, 1, 0x0b} // i32, variable, i32.const 1, end
	return slices.Concat(binary.AppendUvarint(nil, uint64(n)+1), c.rest, counter), int(n)
}

// counting returns a section of code with the instructions at the head of every loop of every function.
func (c *cursor) counting(instructions []byte) []byte {
	n := c.number()
	out := binary.AppendUvarint(make([]byte, 0, 2*len(c.rest)), uint64(n))
	var body []byte
	for ; n > 0 && !c.bad; n-- {
		f := cursor{rest: c.bytes(int(c.number()))}
		body = f.insert(body[:0], instructions)
		c.bad = c.bad || f.bad
		out = appendSized(out, body)
	}
	c.bad = c.bad || len(c.rest) > 0
	return out
}

// insert appends the function at the cursor to out, with the instructions at the head of every loop.
func (c *cursor) insert(out, instructions []byte) []byte {
	const loop = 0x03
	whole := c.rest
	taken := 0
	for locals := c.number(); locals > 0 && !c.bad; locals-- {
		c.number()
		c.byte()
	}
	for len(c.rest) > 0 && !c.bad {
		opcode := c.byte()
		c.operands(opcode)
		if opcode == loop && !c.bad {
			here := len(whole) - len(c.rest)
			out = append(append(out, whole[taken:here]...), instructions...)
			taken = here
		}
	}
	return append(out, whole[taken:]...)
}

// appendSized appends bytes with their number before them.
func appendSized(out, b []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}
