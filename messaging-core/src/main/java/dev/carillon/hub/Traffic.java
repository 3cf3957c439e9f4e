package dev.carillon.hub;

/** What went over one event loop since the meters were told last. Owned by that event loop. */
final class Traffic {
  long messagesIn;
  long messagesOut;
  long bytesIn;
  long bytesOut;
  long publications;
  long withheld;
  long subscriptions;
  long queuedBytes;
}
