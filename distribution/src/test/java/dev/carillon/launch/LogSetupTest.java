package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.cluster.MergeStopped;
import dev.carillon.launch.settings.LogOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogSetupTest {
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    ROOT.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    ROOT.detachAppender(log);
    LogSetup.level(LogOptions.Level.INFO);
  }

  private List<String> ended(String thread) {
    return ended(thread, new IllegalStateException("shut down"));
  }

  private List<String> ended(String thread, RuntimeException failure) {
    log.list.clear();
    LogSetup.ended(new Thread(() -> {}, thread), failure);
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aThreadThatEndsByAnExceptionIsAnEventOfTheLog() {
    LogSetup.level(LogOptions.Level.INFO);
    assertEquals(List.of("thread worker ended"), ended("worker"));
    assertEquals(List.of("thread hz.carillon.x ended"), ended("hz.carillon.x"));
  }

  @Test
  void aMergeThatWasStoppedIsNoTrouble() {
    var stopped = new MergeStopped("stays apart", new IllegalStateException("a stranger"));
    LogSetup.level(LogOptions.Level.INFO);
    assertEquals(List.of(), ended("hz.carillon.x", stopped));
    LogSetup.level(LogOptions.Level.TRACE);
    assertEquals(List.of("thread hz.carillon.x does not merge"), ended("hz.carillon.x", stopped));
  }

  @Test
  void aRefusedStartIsNotDisturbedByThreadsOfTheGrid() {
    LogSetup.whileJoining(LogOptions.Level.INFO);
    assertEquals(List.of(), ended("hz.carillon.x"));
    assertEquals(List.of("thread worker ended"), ended("worker"));
  }
}
