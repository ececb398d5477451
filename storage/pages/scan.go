package pages

import "bytes"

// Candidate is asked whether a key and a value that may be a record are one. It must authenticate them.
type Candidate func(key, value []byte) bool

// Scan looks through a file of any state, page by page, for elements of leaves and asks about each, whatever the page's
// header says and whether or not anything points there: only what authenticates counts. keySizes are the lengths a key may
// have and min and max bound the length of a value. Old pages that are free by now are found too. Where a position or a length was
// damaged, what the neighbours tell is tried in its place.
func Scan(data []byte, keySizes []int, min, max int, ask Candidate) {
	if cut := len(data) % Size; cut != 0 {
		data = append(bytes.Clone(data), make([]byte, Size-cut)...)
	}
	s := scan{data: data, keySizes: keySizes, min: min, max: max, ask: ask}
	for at := 0; at < len(data); at += Size {
		s.page(at)
	}
}

type scan struct {
	data     []byte
	keySizes []int
	min, max int
	ask      Candidate
}

// span is where an element lies in the data: key from start to middle, value from middle to end. ok tells whether the three
// can be true.
type span struct {
	start, middle, end int
	ok                 bool
}

// page tries every place where an element header may stand in the page at the offset.
func (s *scan) page(at int) {
	const places = (Size - headerSize) / elementSize
	var spans [places + 2]span // one impossible span before and after
	for i := range places {
		spans[i+1] = s.read(at + headerSize + i*elementSize)
	}
	for i := 1; i <= places; i++ {
		if spans[i].ok && s.try(spans[i]) {
			continue
		}
		if spans[i].ok || spans[i-1].ok || spans[i+1].ok {
			s.mend(&spans[i], spans[i-1], spans[i+1])
		}
	}
}

// read takes the element header at an offset as it stands.
func (s *scan) read(at int) span {
	e := s.data[at:]
	key, value := int(order.Uint32(e[8:])), int(order.Uint32(e[12:]))
	start := at + int(order.Uint32(e[4:]))
	n := span{start, start + key, start + key + value, false}
	n.ok = s.possible(n)
	return n
}

func (s *scan) possible(n span) bool {
	size := false
	for _, k := range s.keySizes {
		size = size || n.middle-n.start == k
	}
	value := n.end - n.middle
	return size && value >= s.min && value <= s.max && n.start > 0 && n.end <= len(s.data)
}

func (s *scan) try(n span) bool {
	return s.ask(s.data[n.start:n.middle:n.middle], s.data[n.middle:n.end:n.end])
}

// mend tries the places that follow from the neighbours: elements lie one after the other.
func (s *scan) mend(n *span, before, after span) {
	starts, ends := []int{n.start}, []int{n.end}
	if before.ok {
		starts = append(starts, before.end)
		ends = append(ends, before.end+n.end-n.start)
	}
	if after.ok {
		ends = append(ends, after.start)
		starts = append(starts, after.start-(n.end-n.start))
	}
	for _, start := range starts {
		for _, end := range ends {
			for _, k := range s.keySizes {
				if m := (span{start, start + k, end, true}); s.possible(m) && s.try(m) {
					*n = m
					return
				}
			}
		}
	}
}

// Find calls f with the data from every place where the mark stands.
func Find(data, mark []byte, f func(from []byte)) {
	for at := 0; ; {
		i := bytes.Index(data[at:], mark)
		if i < 0 {
			return
		}
		at += i
		f(data[at:])
		at += len(mark)
	}
}

// Root returns the bytes of the page that the newer meta page leads to. False when one of the meta pages is not valid:
// then it is not known which state is the last one.
func Root(data []byte) ([]byte, bool) {
	if len(data) < 4*Size {
		return nil, false
	}
	a, errA := readMeta(data, 0)
	b, errB := readMeta(data, 1)
	if b.txid > a.txid {
		a = b
	}
	if errA != nil || errB != nil || a.root >= uint64(len(data)/Size) {
		return nil, false
	}
	return data[a.root*Size : (a.root+1)*Size], true
}
