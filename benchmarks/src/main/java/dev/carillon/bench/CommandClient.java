package dev.carillon.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Sends commands and counts the answers: as many as fit into a window, or at a rate. Belongs to the
 * thread of its channel but for the counts.
 */
final class CommandClient extends LoadClient {

  /** Commands that go out in one frame at most. */
  private static final int FRAME = 64;

  /**
   * What it sends.
   *
   * @param command the command with this id; ids begin with 10
   * @param count how many there are
   * @param window answers that may be outstanding
   * @param perSecond 0: as many as the window lets
   */
  record Plan(LongFunction<String> command, long count, int window, double perSecond) {}

  private final LoadCounts counts;
  private final Plan plan;
  private final AtomicLong answered;
  private final Latencies latencies;

  /** When the commands that are outstanding were due, by id. */
  private final long[] due;

  private long sent;
  private long done;
  private long begin;

  /**
   * @param answered counts the answers of all such clients
   * @param latencies from when a command was due to its answer
   */
  CommandClient(LoadCounts counts, Plan plan, AtomicLong answered, Latencies latencies) {
    super(counts, Settings.CONNECT, false);
    this.counts = counts;
    this.plan = plan;
    this.answered = answered;
    this.latencies = latencies;
    this.due = new long[plan.window()];
  }

  @Override
  void ready(ChannelHandlerContext ctx) {
    begin = System.nanoTime();
    if (plan.perSecond() == 0) {
      send(ctx);
    } else {
      ctx.executor().scheduleAtFixedRate(() -> send(ctx), 1, 1, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  void reply(ChannelHandlerContext ctx, ByteBuf in, int from, int to) {
    // {"id":123,"publish":{}}
    long id = 0;
    int at = from + 6;
    while (in.getByte(at) != ',') {
      id = id * 10 + in.getByte(at++) - '0';
    }
    if (in.getByte(at + 2) == 'e') {
      counts.refused.incrementAndGet();
    }
    latencies.add(System.nanoTime() - due[(int) (id % due.length)]);
    done++;
    answered.incrementAndGet();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    super.channelReadComplete(ctx);
    if (begin > 0 && plan.perSecond() == 0) {
      send(ctx);
    }
  }

  /** Everything that is due and fits. */
  private void send(ChannelHandlerContext ctx) {
    StringBuilder frame = new StringBuilder();
    int commands = 0;
    long now = System.nanoTime();
    while (sent - done < due.length && sent < Math.min(plan.count(), dueUntil(now))) {
      long id = 10 + sent;
      due[(int) (id % due.length)] =
          plan.perSecond() == 0 ? now : begin + (long) ((sent + 1) * 1e9 / plan.perSecond());
      sent++;
      frame.append(commands == 0 ? "" : "\n").append(plan.command().apply(id));
      commands++;
      if (commands == FRAME) {
        ctx.write(frame(frame.toString()));
        frame.setLength(0);
        commands = 0;
      }
    }
    if (commands > 0) {
      ctx.write(frame(frame.toString()));
    }
    ctx.flush();
  }

  private long dueUntil(long now) {
    return plan.perSecond() == 0 ? Long.MAX_VALUE : (long) ((now - begin) / 1e9 * plan.perSecond());
  }
}
