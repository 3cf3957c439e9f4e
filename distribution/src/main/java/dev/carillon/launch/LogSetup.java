package dev.carillon.launch;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.carillon.cluster.MergeStopped;
import dev.carillon.launch.settings.LogOptions;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * The log: one line for each event on standard error. Event loops never wait for it: a thread of
 * its own writes, and what it can't keep up with is dropped. Logback finds this class as a service.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  /** A line break inside a message would look like another event. */
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %replace(%msg){'[\\r\\n]+',' | '}%n";

  private static final int QUEUE_EVENTS = 8192;
  private static final int FLUSH_MILLIS = 1000;

  private static final String GRID = "com.hazelcast";
  private static final String GRID_THREADS = "hz.";

  /** Libraries that tell at info what is of interest to their developers only. */
  private static final List<String> TALKATIVE = List.of(GRID, "io.netty", "io.vertx");

  /** Tell in several lines what the node itself says in one: that a member joined or left. */
  private static final List<String> REPETITIVE =
      List.of(
          "com.hazelcast.cluster",
          "com.hazelcast.internal",
          "com.hazelcast.map",
          "com.hazelcast.spi",
          "io.vertx.core.eventbus.impl.clustered");

  /**
   * Report as an error what the node says in a line of its own: that a start is refused, that a
   * member was removed, which goes on asking when it hung, or that Redis is away.
   */
  private static final List<String> REDUNDANT =
      List.of(
          "com.hazelcast.instance.impl.Node",
          "com.hazelcast.spi.impl.operationservice.impl.operations.PartitionIteratingOperation",
          "com.hazelcast.spi.impl.proxyservice",
          "io.vertx.core.net.impl.ConnectionBase",
          "io.vertx.redis.client.impl.RedisConnectionManager");

  /** Warns about every meter that two servers of one Vert.x instance share. */
  private static final String METERS = "io.micrometer";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    var writer = new AsyncAppender();
    writer.setContext(context);
    writer.setQueueSize(QUEUE_EVENTS);
    writer.setDiscardingThreshold(0);
    writer.setNeverBlock(true);
    writer.setMaxFlushTime(FLUSH_MILLIS);
    writer.addAppender(console);
    writer.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(writer);
    context.getLogger(METERS).setLevel(Level.ERROR);
    set(context, LogOptions.Level.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Sets the level of everything, one step less for libraries. */
  static void level(LogOptions.Level level) {
    set((LoggerContext) LoggerFactory.getILoggerFactory(), level);
  }

  /**
   * Keeps the data grid silent until the next {@link #level}, unless somebody debugs: a node that
   * is not let in says so in one line, the grid would say it in a hundred.
   */
  static void whileJoining(LogOptions.Level level) {
    if (level.compareTo(LogOptions.Level.INFO) <= 0) {
      var context = (LoggerContext) LoggerFactory.getILoggerFactory();
      context.getLogger(GRID).setLevel(Level.OFF);
      REPETITIVE.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    }
  }

  /** Lets threads that end by an exception say so in the log and not beside it. */
  static void watchThreads() {
    Thread.setDefaultUncaughtExceptionHandler(LogSetup::ended);
  }

  /** Threads of the data grid are as silent as itself: some trip over its end. */
  static void ended(Thread thread, Throwable failure) {
    var logger = thread.getName().startsWith(GRID_THREADS) ? GRID : LogSetup.class.getName();
    if (failure instanceof MergeStopped) {
      LoggerFactory.getLogger(logger).debug("thread {} does not merge", thread.getName(), failure);
      return;
    }
    LoggerFactory.getLogger(logger).error("thread {} ended", thread.getName(), failure);
  }

  /** Writes what is queued and ends the log: the last step before the process ends. */
  static void flush() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  private static void set(LoggerContext context, LogOptions.Level level) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(of(level));
    var quieter = LogOptions.Level.values()[Math.max(0, level.ordinal() - 1)];
    TALKATIVE.forEach(name -> context.getLogger(name).setLevel(of(quieter)));
    var quietest = LogOptions.Level.values()[Math.max(0, level.ordinal() - 2)];
    REPETITIVE.forEach(name -> context.getLogger(name).setLevel(of(quietest)));
    boolean detailed = level.compareTo(LogOptions.Level.INFO) > 0;
    REDUNDANT.forEach(name -> context.getLogger(name).setLevel(detailed ? of(level) : Level.OFF));
  }

  private static Level of(LogOptions.Level level) {
    return Level.toLevel(level.name().toUpperCase(Locale.ROOT));
  }
}
