package dev.carillon.tcpecho;

import dev.carillon.hub.Connections;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * One client. Reads the next buffer only after the operating system took the answer to the one
 * before: a client that does not read is not read from, and TCP stops it.
 */
final class EchoConnection implements Connections.Connection {

  /** How long a client that was told something may take to read it. */
  private static final long LINGER_MILLIS = 250;

  private final Context context;
  private final NetSocket socket;
  private final SessionRecord opened;
  private final @Nullable LineEcho lines;
  private final Runnable lineTooLong;

  // Written on the event loop of the socket only; the record inside is what other threads see.
  private volatile SessionStats stats = SessionStats.NONE;

  /**
   * @param opened the row of this connection when nothing was sent yet
   * @param lines answers lines; null echoes raw bytes
   * @param lineTooLong runs when a line was over the limit, before the connection is closed
   */
  EchoConnection(
      Context context,
      NetSocket socket,
      SessionRecord opened,
      @Nullable LineEcho lines,
      Runnable lineTooLong) {
    this.context = context;
    this.socket = socket;
    this.opened = opened;
    this.lines = lines;
    this.lineTooLong = lineTooLong;
  }

  /** Starts to read. Called on the event loop of the socket. */
  void start() {
    socket.pause();
    socket.handler(this::received);
    socket.fetch(1);
  }

  @Override
  public SessionRecord record() {
    return opened.withStats(stats);
  }

  @Override
  public void end(EndReason reason) {
    context.runOnContext(done -> socket.close());
  }

  /** Tells the client why, and closes once it had the time to read it. */
  static Future<Void> tellAndClose(Context context, NetSocket socket, String text) {
    // Input is read and dropped: closing with unread input makes TCP send a reset, which can
    // destroy the text before the client sees it.
    socket.handler(dropped -> {});
    socket.resume();
    socket.write("error: " + text + "\n");
    return context.owner().timer(LINGER_MILLIS).compose(lingered -> socket.close());
  }

  private void received(Buffer bytes) {
    if (lines == null) {
      echo(bytes, 1, bytes.length());
      return;
    }
    LineEcho.Answer answer = lines.answer(bytes);
    if (answer.tooLong()) {
      refuseLine(answer.bytes());
    } else {
      echo(answer.bytes(), answer.lines(), bytes.length());
    }
  }

  private void echo(Buffer answer, int messages, int bytesIn) {
    SessionStats before = stats;
    stats =
        new SessionStats(
            before.rttMillis(),
            before.channels(),
            before.bytesIn() + bytesIn,
            before.bytesOut() + answer.length(),
            before.messagesIn() + messages,
            before.messagesOut() + messages);
    if (answer.length() == 0) {
      socket.fetch(1);
    } else {
      socket.write(answer).onSuccess(written -> socket.fetch(1));
    }
  }

  private void refuseLine(Buffer answersBefore) {
    lineTooLong.run();
    socket.write(answersBefore);
    tellAndClose(context, socket, "line too long");
  }
}
