package storage

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"os"

	"github.com/sodale/sodale/app/fault"
)

// Bytes of a backup: magic 8, then for each file
//
//	'f' ‖ name length 2 ‖ name ‖ size 8 ‖ bytes ‖ SHA-256 32 of the bytes
//
// and at last 'e' ‖ number of files 4 ‖ SHA-256 32 of everything before the digest. Everything in it is as sealed as in the folder.
const (
	backupMagic = "SodaleB1"
	markFile    = 'f'
	markEnd     = 'e'
	maxBackup   = 64 << 30 // bytes of one file in a backup
)

// packer writes a container. The first error stays.
type packer struct {
	to    *bufio.Writer
	hash  hash.Hash
	all   io.Writer
	count uint32
	err   error
}

func newPacker(to io.Writer) *packer {
	b := &packer{to: bufio.NewWriterSize(to, 1<<20), hash: sha256.New()}
	b.all = io.MultiWriter(b.to, b.hash)
	b.write([]byte(backupMagic))
	return b
}

func (b *packer) write(p []byte) {
	if b.err == nil {
		_, b.err = b.all.Write(p)
	}
}

// file adds one file of exactly size bytes.
func (b *packer) file(name string, size int64, fill func(io.Writer) error) {
	head := binary.BigEndian.AppendUint16([]byte{markFile}, uint16(len(name)))
	b.write(binary.BigEndian.AppendUint64(append(head, name...), uint64(size)))
	if b.err != nil {
		return
	}
	sum := sha256.New()
	n := &counter{}
	if b.err = fill(io.MultiWriter(b.all, sum, n)); b.err == nil && n.n != size {
		b.err = fault.New(CodeBackup, "storage.backup", name)
	}
	b.write(sum.Sum(nil))
	b.count++
}

func (b *packer) blob(path, digest string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		b.file(folderBlobs+"/"+digest, info.Size(), func(w io.Writer) error { _, err := io.Copy(w, f); return err })
	}
	return errors.Join(err, f.Close(), b.err)
}

func (b *packer) end() error {
	b.write(binary.BigEndian.AppendUint32([]byte{markEnd}, b.count))
	b.write(b.hash.Sum(nil))
	if b.err != nil {
		return b.err
	}
	return b.to.Flush()
}

// unpack reads a container and hands every file to each, which must read it to its end. CodeBackup unless all of it is there
// and whole.
func unpack(from io.Reader, each func(name string, size int64, r io.Reader) error) error {
	sum := sha256.New()
	r := io.TeeReader(bufio.NewReaderSize(from, 1<<20), sum)
	refuse := func(what string, cause error) error { return fault.Wrap(CodeBackup, "storage.restore", what, cause) }
	magic := make([]byte, len(backupMagic))
	if _, err := io.ReadFull(r, magic); err != nil || string(magic) != backupMagic {
		return refuse("magic", err)
	}
	for count := uint32(0); ; count++ {
		var mark [1]byte
		if _, err := io.ReadFull(r, mark[:]); err != nil {
			return refuse("end", err)
		}
		if mark[0] == markEnd {
			return unpackEnd(r, sum, count, refuse)
		}
		if mark[0] != markFile {
			return refuse("mark", nil)
		}
		if err := unpackFile(r, each, refuse); err != nil {
			return err
		}
	}
}

func unpackEnd(r io.Reader, sum hash.Hash, count uint32, refuse func(string, error) error) error {
	var n [4]byte
	if _, err := io.ReadFull(r, n[:]); err != nil || binary.BigEndian.Uint32(n[:]) != count {
		return refuse("count", err)
	}
	want := sum.Sum(nil)
	got := make([]byte, len(want))
	if _, err := io.ReadFull(r, got); err != nil || !bytes.Equal(got, want) {
		return refuse("digest", err)
	}
	if _, err := io.ReadFull(r, n[:1]); err != io.EOF {
		return refuse("length", err)
	}
	return nil
}

func unpackFile(r io.Reader, each func(string, int64, io.Reader) error, refuse func(string, error) error) error {
	var short [2]byte
	var long [8]byte
	if _, err := io.ReadFull(r, short[:]); err != nil {
		return refuse("name", err)
	}
	name := make([]byte, binary.BigEndian.Uint16(short[:]))
	if _, err := io.ReadFull(r, name); err != nil || !isBackupName(string(name)) {
		return refuse("name", err)
	}
	if _, err := io.ReadFull(r, long[:]); err != nil || binary.BigEndian.Uint64(long[:]) > maxBackup {
		return refuse("size", err)
	}
	size := int64(binary.BigEndian.Uint64(long[:]))
	sum := sha256.New()
	body := io.TeeReader(io.LimitReader(r, size), sum)
	if err := each(string(name), size, body); err != nil {
		return err
	}
	want := make([]byte, sha256.Size)
	if _, err := io.ReadFull(r, want); err != nil || !bytes.Equal(want, sum.Sum(nil)) {
		return refuse("digest of "+string(name), err)
	}
	return nil
}
