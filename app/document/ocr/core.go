package ocr

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"

	"github.com/tetratelabs/wazero"
)

// memoryPages bounds what a machine may hold, in pages of 64 KiB: 512 MiB. A4 at 300 dpi takes about 80.
const memoryPages = 8192

// core is the compiled module and the language, from which the machine of each page is made.
type core struct {
	runtime wazero.Runtime
	module  wazero.CompiledModule
	cache   wazero.CompilationCache
	italian []byte
}

// newCore compiles the module. A cache folder that is damaged is emptied, and one that can't be used is done without.
func newCore(config Config) (*core, error) {
	wasm, err := config.Core()
	if err != nil {
		return nil, fmt.Errorf("module: %w", err)
	}
	if wasm, err = stoppable(wasm); err != nil {
		return nil, err
	}
	italian, err := config.Italian()
	if err != nil {
		return nil, fmt.Errorf("language: %w", err)
	}
	if config.Cache != "" {
		for range 2 {
			if c, err := compile(wasm, italian, config.Cache); err == nil {
				return c, nil
			}
			empty(config.Cache)
		}
	}
	return compile(wasm, italian, "")
}

// empty removes what wazero keeps in a cache folder, and nothing else that may lie there.
func empty(folder string) {
	kept, _ := filepath.Glob(filepath.Join(folder, "wazero-*"))
	for _, path := range kept {
		_ = os.RemoveAll(path)
	}
}

// compile makes a core, with the compiled code kept in folder unless that is "".
func compile(wasm, italian []byte, folder string) (*core, error) {
	ctx := context.Background()
	c := &core{cache: wazero.NewCompilationCache(), italian: italian}
	if folder != "" {
		var err error
		if c.cache, err = wazero.NewCompilationCacheWithDir(folder); err != nil {
			return nil, err
		}
	}
	c.runtime = wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().
		WithCompilationCache(c.cache).WithMemoryLimitPages(memoryPages))
	var err error
	if c.module, err = c.runtime.CompileModule(ctx, wasm); err != nil {
		_ = c.close()
		return nil, err
	}
	return c, nil
}

// read makes a machine, has it read the page, and ends it. It ends with ctx.
func (c *core) read(ctx context.Context, page *image.Gray, dpi float64) (string, error) {
	m, err := newMachine(ctx, c)
	if err != nil {
		return "", err
	}
	defer m.end()
	if err := m.load(); err != nil {
		return "", err
	}
	return m.read(page, int(dpi+0.5))
}

func (c *core) close() error {
	err := c.runtime.Close(context.Background())
	_ = c.cache.Close(context.Background())
	return err
}
