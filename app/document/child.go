package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"time"

	"github.com/sodale/sodale/app/document/wire"
)

// maxBusy is how long a worker may have worked in all; its own limit of processor time ends it some time later.
const maxBusy = 20 * time.Second

// keptPixels is the size of a picture, in bytes, whose shared memory is kept for the next one: a page on a large screen.
// That of a larger picture is given back.
const keptPixels = 48 << 20

// child is one worker process. One goroutine uses it at a time; end may be called by any.
type child struct {
	cmd     *exec.Cmd
	in, out *os.File // its stdin and stdout
	area    []byte   // shared memory; nil where there is none
	confine io.Closer

	greeted   bool
	document  uint64 // fingerprint of the document that it has open; 0 for none
	calls     int
	documents int
	busy      time.Duration

	ending sync.Once
	gone   chan struct{} // closed when the process has ended
	state  *os.ProcessState
}

// startChild starts a worker with an empty environment, no directory of its own and no descriptor but its pipes. What
// it says on stderr is dropped: it may be text of the document.
func startChild(config Config) (*child, error) {
	childIn, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	out, childOut, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, childIn.Close(), in.Close())
	}
	c := &child{in: in, out: out, gone: make(chan struct{})}
	args := slices.Clone(config.Args)
	var handed *os.File
	if !config.Piped {
		if handed, c.area, err = shareMemory(); err == nil && handed != nil {
			args = append(args, wire.Shared)
		}
	}
	c.cmd = exec.Command(config.Exe, args...)
	c.cmd.Env = []string{}
	c.cmd.Stdin, c.cmd.Stdout = childIn, childOut
	if handed != nil {
		c.cmd.ExtraFiles = []*os.File{handed}
		defer handed.Close()
	}
	prepare(c.cmd)
	err = c.cmd.Start()
	childIn.Close()
	childOut.Close()
	if err == nil {
		c.confine, err = confine(c.cmd.Process)
		if err != nil {
			_ = c.cmd.Process.Kill()
			_ = c.cmd.Wait()
		}
	}
	if err != nil {
		in.Close()
		out.Close()
		releaseMemory(c.area)
		return nil, err
	}
	go func() {
		_ = c.cmd.Wait()
		c.state = c.cmd.ProcessState
		close(c.gone)
	}()
	return c, nil
}

// greet waits, once, for the worker to say that it is locked in and ready.
func (c *child) greet(ctx context.Context) error {
	if c.greeted {
		return nil
	}
	defer c.killAt(ctx)()
	s, err := wire.ReadHello(c.out)
	if err != nil {
		return c.why(err)
	}
	if s != wire.OK {
		return errors.New("document: the worker can't be locked in")
	}
	c.greeted = true
	return nil
}

// call sends one request, with the document unless the worker has it open, and reads the answer and, by take, what
// follows it. After an error the worker is of no more use.
func (c *child) call(ctx context.Context, data []byte, key uint64, q wire.Request, take func(wire.Answer, *child) error) (wire.Answer, error) {
	started := time.Now()
	defer func() { c.busy += time.Since(started) }()
	defer c.killAt(ctx)()
	if err := c.send(data, key, q); err != nil {
		return wire.Answer{}, c.why(err)
	}
	a, err := wire.ReadAnswer(c.out, q)
	if err != nil {
		return wire.Answer{}, c.why(err)
	}
	if a.Status == wire.OK && take != nil {
		if err := take(a, c); err != nil {
			return wire.Answer{}, c.why(err)
		}
	}
	c.calls++
	return a, ctx.Err()
}

func (c *child) send(data []byte, key uint64, q wire.Request) error {
	if c.document != key {
		q.Fresh, q.Size = true, uint32(len(data))
		c.document = key
		c.documents++
		copy(c.area, data)
	}
	if err := wire.WriteRequest(c.in, q); err != nil {
		return err
	}
	if !q.Fresh || c.area != nil {
		return nil
	}
	_, err := c.in.Write(data)
	return err
}

// payload takes the pixels of the last answer.
func (c *child) payload(pixels []byte) error {
	if c.area == nil {
		return c.read(pixels)
	}
	copy(pixels, c.area[wire.PixelsAt:])
	if len(pixels) > keptPixels {
		dropPages(c.area[wire.PixelsAt:])
	}
	return nil
}

// read takes bytes that follow the last answer.
func (c *child) read(b []byte) error {
	_, err := io.ReadFull(c.out, b)
	return err
}

// killAt kills the worker when ctx ends before the returned function is called.
func (c *child) killAt(ctx context.Context) (stop func() bool) {
	return context.AfterFunc(ctx, func() { _ = c.cmd.Process.Kill() })
}

// end kills the worker and gives back what it held.
func (c *child) end() {
	c.ending.Do(func() {
		_ = c.cmd.Process.Kill()
		c.in.Close()
		c.out.Close()
		<-c.gone
		if c.confine != nil {
			c.confine.Close()
		}
		releaseMemory(c.area)
	})
}

// why adds how the process ended to an error of its pipes.
func (c *child) why(err error) error {
	select {
	case <-c.gone:
	case <-time.After(100 * time.Millisecond):
		return err
	}
	return fmt.Errorf("%w: worker ended: %v", err, c.state)
}
