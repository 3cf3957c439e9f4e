package dev.carillon.cluster;

import com.hazelcast.internal.util.Clock;
import com.hazelcast.internal.util.ClockProperties;
import java.util.function.LongSupplier;

/**
 * The time that the data grid goes by: that of the wall when this process first asked, and from
 * then on as much later as time has passed. Hazelcast takes the wall clock for heartbeats and for
 * how long an operation waited, and a node whose clock is put forward by two minutes throws the
 * others out, or is thrown out.
 *
 * <p>Hazelcast makes it by its name, once in a process.
 */
public final class SteadyClock extends Clock.ClockImpl {

  private final LongSupplier nanoTime;
  private final long ahead;

  /** As Hazelcast calls it. */
  public SteadyClock() {
    this(System::currentTimeMillis, System::nanoTime);
  }

  SteadyClock(LongSupplier wallMillis, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.ahead = wallMillis.getAsLong() - nanoTime.getAsLong() / 1_000_000;
  }

  /** Has to be called before anything of Hazelcast runs in this process. */
  static void install() {
    System.setProperty(ClockProperties.HAZELCAST_CLOCK_IMPL, SteadyClock.class.getName());
  }

  @Override
  protected long currentTimeMillis() {
    return ahead + nanoTime.getAsLong() / 1_000_000;
  }
}
