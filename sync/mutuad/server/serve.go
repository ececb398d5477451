package server

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits of a connection. An append of 1 MiB at 128 kbit/s takes 66 s and must get through.
const (
	headerTime  = 10 * time.Second
	requestTime = 3 * time.Minute
	idleTime    = 2 * time.Minute
	headerBytes = 16 << 10
	goodbyeTime = 10 * time.Second // for what is running when the server is asked to end
)

// Serve answers on l over TLS 1.3 with the archive's certificate (HTTP/2 and HTTP/1.1) until ctx ends, then lets what is
// running finish. It closes l.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := s.httpServer()
	sending, stopSending := context.WithCancel(ctx)
	var notices sync.WaitGroup
	notices.Go(func() { s.keepSending(sending) })
	defer notices.Wait()
	defer stopSending()
	ended := make(chan error, 1)
	go func() { ended <- server.ServeTLS(l, "", "") }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.Stop()
	goodbye, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbyeTime)
	defer cancel()
	err := server.Shutdown(goodbye)
	s.Posted()
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// httpServer sets windows so large that one upload fills a fast line with a long way.
func (s *Server) httpServer() *http.Server {
	return &http.Server{
		Handler: s,
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{s.archive.Keys.Certificate},
			NextProtos: []string{"h2", "http/1.1"}},
		ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: requestTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes,
		HTTP2:    &http.HTTP2Config{MaxConcurrentStreams: 100, MaxReceiveBufferPerConnection: 8 << 20, MaxReceiveBufferPerStream: 2 << 20},
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}
