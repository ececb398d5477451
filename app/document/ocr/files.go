package ocr

import "io"

// The one file that a machine finds is the language. It may be open a few times at once.
const (
	maxOpen    = 16
	maxPath    = 4096
	maxBuffers = 1024 // of one readv or writev
)

// reader is the language file, open at a place.
type reader struct {
	data []byte
	at   int64
}

// openat(folder, path, flags, mode) opens the language file.
func (m *machine) openat(args []uint64) uint64 {
	if !m.isLanguage(args[1]) || len(m.files) >= maxOpen {
		return failure(errnoNoFile)
	}
	const firstFree = 3 // after the three standard streams
	number := firstFree + m.opened
	m.opened++
	m.files[number] = &reader{data: m.language}
	return uint64(number)
}

// stat(folder, path, buffer, flags)
func (m *machine) stat(args []uint64) uint64 {
	if !m.isLanguage(args[1]) {
		return failure(errnoNoFile)
	}
	m.putStat(args[2])
	return 0
}

// fstat(file, buffer)
func (m *machine) fstat(args []uint64) uint64 {
	if m.files[uint32(args[0])] == nil {
		return failure(errnoBadFile)
	}
	m.putStat(args[1])
	return 0
}

// readv(file, buffers, count, read) fills buffers one after the other.
func (m *machine) readv(args []uint64) uint64 {
	f := m.files[uint32(args[0])]
	if f == nil {
		return errnoBadFile
	}
	read := uint32(0)
	for _, b := range m.buffers(args[1], args[2]) {
		n := copy(b, f.data[min(f.at, int64(len(f.data))):])
		f.at += int64(n)
		read += uint32(n)
	}
	m.put32(args[3], read)
	return 0
}

// writev(file, buffers, count, written) takes everything and keeps nothing: what Tesseract says of a page may quote it.
func (m *machine) writev(args []uint64) uint64 {
	written := uint32(0)
	for _, b := range m.buffers(args[1], args[2]) {
		written += uint32(len(b))
	}
	m.put32(args[3], written)
	return 0
}

// seek(file, offset, from, place)
func (m *machine) seek(args []uint64) uint64 {
	f := m.files[uint32(args[0])]
	if f == nil {
		return errnoBadFile
	}
	at := int64(args[1])
	switch args[2] {
	case io.SeekCurrent:
		at += f.at
	case io.SeekEnd:
		at += int64(len(f.data))
	}
	f.at = min(max(at, 0), int64(len(f.data)))
	m.put64(args[3], uint64(f.at))
	return 0
}

// close(file)
func (m *machine) close(args []uint64) uint64 {
	delete(m.files, uint32(args[0]))
	return 0
}

func (m *machine) isLanguage(path uint64) bool {
	s, err := m.textAt(uint32(path), maxPath)
	return err == nil && s == languageFile
}

// buffers are the pieces of memory that an array of address and size names.
func (m *machine) buffers(at, count uint64) [][]byte {
	if count > maxBuffers {
		panic(errHostile)
	}
	var list [][]byte
	for i := range count {
		b, ok := m.guest.Memory().Read(m.get32(at+8*i), m.get32(at+8*i+4))
		if !ok {
			panic(errHostile)
		}
		list = append(list, b)
	}
	return list
}

// putStat writes emscripten's struct stat of a plain file of the language's size.
func (m *machine) putStat(at uint64) {
	const size, mode, links, length, block = 96, 4, 8, 24, 32
	if !m.guest.Memory().Write(uint32(at), make([]byte, size)) {
		panic(errHostile)
	}
	m.put32(at+mode, 0o100444)
	m.put32(at+links, 1)
	m.put64(at+length, uint64(len(m.language)))
	m.put32(at+block, 4096)
}
