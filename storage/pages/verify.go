package pages

import "bytes"

// Visit is told every value of a sound file: the name of its bucket, its key and itself. The slices are parts of the data.
type Visit func(bucket string, key, value []byte)

// Verify checks the whole structure of a bbolt file: both meta pages, every page in reach, the order of keys, the free
// list, and that each page is in reach or free, once. It answers an error under ErrDamaged, or nil; only then are the
// values that visit was told all there are. A nil visit is allowed. It works for any data and ends in time proportional
// to its length.
//
// One meta page that is not valid is damage too, although bbolt would go on with the other one: the newer state may lie
// under it.
func Verify(data []byte, visit Visit) error {
	if len(data) < 4*Size {
		return damaged(0, "too short")
	}
	a, err := readMeta(data, 0)
	if err != nil {
		return err
	}
	b, err := readMeta(data, 1)
	if err != nil {
		return err
	}
	if a.txid+1 != b.txid && b.txid+1 != a.txid {
		return damaged(0, "meta pages are not of successive commits")
	}
	if b.txid > a.txid {
		a = b
	}
	if a.pages > uint64(len(data))/Size {
		return damaged(0, "shorter than its pages")
	}
	if visit == nil {
		visit = func(string, []byte, []byte) {}
	}
	w := &walk{data: data, pages: a.pages, seen: make([]bool, a.pages), visit: visit}
	w.seen[0], w.seen[1] = true, true
	if err := w.tree(a.root, "", nil, nil, 0); err != nil {
		return err
	}
	if err := w.freelist(a.freelist); err != nil {
		return err
	}
	for n, seen := range w.seen {
		if !seen {
			return damaged(uint64(n), "neither in use nor free")
		}
	}
	return nil
}

// walk is one pass through the tree.
type walk struct {
	data  []byte
	pages uint64
	seen  []bool
	visit Visit
}

// take returns the bytes of a page with its overflow, and marks them as seen.
func (w *walk) take(n uint64) ([]byte, header, error) {
	if n < firstDataPos || n >= w.pages {
		return nil, header{}, damaged(n, "out of range")
	}
	h := readHeader(w.data[n*Size:])
	if h.id != n {
		return nil, h, damaged(n, "says it is another page")
	}
	if h.overflow >= w.pages-n {
		return nil, h, damaged(n, "overflows the file")
	}
	for i := n; i <= n+h.overflow; i++ {
		if w.seen[i] {
			return nil, h, damaged(i, "used twice")
		}
		w.seen[i] = true
	}
	return w.data[n*Size : (n+h.overflow+1)*Size], h, nil
}

// tree checks the page n and all below it. Keys must lie in [low, high); a nil high is no limit. bucket is "" for the root.
func (w *walk) tree(n uint64, bucket string, low, high []byte, depth int) error {
	if depth > maxDepth {
		return damaged(n, "too deep")
	}
	p, h, err := w.take(n)
	if err != nil {
		return err
	}
	switch h.flags {
	case flagLeaf:
		return w.leaf(p, n, bucket, h.count, low, high, depth)
	case flagBranch:
		return w.branch(p, n, bucket, h.count, low, high, depth)
	}
	return damaged(n, "neither branch nor leaf")
}

func (w *walk) branch(p []byte, n uint64, bucket string, count int, low, high []byte, depth int) error {
	if count == 0 {
		return damaged(n, "empty branch")
	}
	for i := range count {
		key, child, ok := branchElement(p, i)
		if !ok {
			return damaged(n, "element out of bounds")
		}
		next := high
		if i+1 < count {
			if next, _, ok = branchElement(p, i+1); !ok {
				return damaged(n, "element out of bounds")
			}
		}
		if !inOrder(key, low, next) {
			return damaged(n, "keys out of order")
		}
		if err := w.tree(child, bucket, key, next, depth+1); err != nil {
			return err
		}
		low = next
	}
	return nil
}

// inOrder reports whether low ≤ key < high, where a nil high is no limit.
func inOrder(key, low, high []byte) bool {
	return bytes.Compare(low, key) <= 0 && (high == nil || bytes.Compare(key, high) < 0)
}

func (w *walk) leaf(p []byte, n uint64, bucket string, count int, low, high []byte, depth int) error {
	var last []byte
	for i := range count {
		flags, key, value, ok := leafElement(p, i)
		if !ok {
			return damaged(n, "element out of bounds")
		}
		if !inOrder(key, low, high) || last != nil && bytes.Compare(last, key) >= 0 {
			return damaged(n, "keys out of order")
		}
		last = key
		switch {
		case flags == 0 && bucket != "":
			w.visit(bucket, key, value)
		case flags == bucketFlag && bucket == "":
			if err := w.bucket(value, n, string(key), depth); err != nil {
				return err
			}
		default:
			return damaged(n, "element of unknown kind")
		}
	}
	return nil
}

// bucket checks a bucket of the root: one with a page of its own, or one that lies inline behind its header.
func (w *walk) bucket(value []byte, n uint64, name string, depth int) error {
	if len(value) < bucketSize {
		return damaged(n, "bucket too short")
	}
	if root := order.Uint64(value); root != 0 {
		return w.tree(root, name, nil, nil, depth+1)
	}
	inline := value[bucketSize:]
	if len(inline) < headerSize {
		return damaged(n, "inline bucket too short")
	}
	h := readHeader(inline)
	if h.flags != flagLeaf || h.overflow != 0 || h.id != 0 {
		return damaged(n, "inline bucket is no leaf")
	}
	return w.leaf(inline, n, name, h.count, nil, nil, depth+1)
}

func (w *walk) freelist(n uint64) error {
	p, h, err := w.take(n)
	if err != nil {
		return err
	}
	if h.flags != flagFreelist {
		return damaged(n, "no free list")
	}
	count, at := uint64(h.count), headerSize
	if h.count == bigFreelist {
		count, at = order.Uint64(p[headerSize:]), headerSize+8
	}
	if count > uint64(len(p)-at)/8 {
		return damaged(n, "free list out of bounds")
	}
	last := uint64(0)
	for ; count > 0; count, at = count-1, at+8 {
		free := order.Uint64(p[at:])
		if free <= last || free >= w.pages || w.seen[free] {
			return damaged(n, "free list names a page in use")
		}
		w.seen[free], last = true, free
	}
	return nil
}
