package dev.carillon.wire;

/**
 * Every id that leaves the process, in one place. An id is never reused, and a change of what one
 * means raises {@link #VERSION}, which members compare before they serve.
 */
public final class WireIds {

  /**
   * First byte of everything that leaves the process. It stands for the number of slots of interest
   * as well.
   */
  public static final int VERSION = 5;

  /** Hazelcast factory id of all our IdentifiedDataSerializable types. */
  public static final int FACTORY = 7_700;

  // Values inside other values: 1-19
  public static final int PUBLICATION = 1;
  public static final int JOIN = 2;
  public static final int LEAVE = 3;
  public static final int CLIENT_INFO = 4;

  // Bus messages: 20-59
  public static final int LINK_FRAME = 20;
  public static final int LINK_ACK = 21;
  public static final int NODE_INFO = 22;
  public static final int SESSION_BEAT = 23;
  public static final int SESSION_SNAPSHOT_REQUEST = 24;
  public static final int SESSION_SNAPSHOT_CHUNK = 25;
  public static final int SESSION_ENDED = 26;
  public static final int DISCONNECT_SESSION = 27;
  public static final int LINK_PING = 28;
  public static final int SUPERSEDE_CONNECTIONS = 29;
  public static final int INTEREST_ASK = 30;
  public static final int INTEREST_WHOLE = 31;
  public static final int INTEREST_DELTA = 32;
  public static final int MEMBER_QUESTION = 33;
  public static final int MEMBER_ANSWER = 34;
  public static final int DISCONNECT_ORDER = 40;
  public static final int UNSUBSCRIBE_ORDER = 41;
  public static final int SUBSCRIBE_ORDER = 42;
  public static final int REFRESH_ORDER = 43;
  public static final int ORDER_DONE = 44;
  public static final int CHANNELS_QUESTION = 45;
  public static final int CHANNEL_COUNTS = 46;
  public static final int STATS_QUESTION = 47;
  public static final int NODE_STATS = 48;

  // Hazelcast values and processors: 60-99
  public static final int STORED_STREAM = 60;
  public static final int APPEND = 61;
  public static final int APPEND_BACKUP = 62;
  public static final int APPENDED = 63;
  public static final int READ = 64;
  public static final int STORED_HISTORY = 65;
  public static final int ENSURE = 66;
  public static final int STREAM_COPY = 67;
  public static final int TOP = 68;
  public static final int STORED_POSITION = 69;
  public static final int CHANNEL_PRESENCE = 70;
  public static final int CHANGE_PRESENCE = 71;
  public static final int READ_PRESENCE = 72;
  public static final int REMOVE_INCARNATIONS = 73;
  public static final int STORED_SESSION = 74;
  public static final int SESSION_QUERY = 75;
  public static final int SESSION_PAGE = 76;
  public static final int STORED_NODE = 77;
  public static final int COUNT_PRESENCE = 78;
  public static final int PRESENCE_COUNT = 79;
  public static final int FIND_INCARNATIONS = 80;
  public static final int INCARNATIONS = 81;
  public static final int REMOVE_SESSION = 82;
  public static final int SESSIONS_OF = 83;
  public static final int COUNT_SESSIONS = 84;
  public static final int EXPIRE = 85;
  public static final int KEEP = 86;
  public static final int ABSENT = 87;
  public static final int CONFIRM = 88;
  public static final int READ_CHANGES = 89;
  public static final int STORED_CHANGES = 90;
  public static final int TERM_CALL = 91;
  public static final int TERM_ANSWER = 92;
  public static final int LATEST_TERM = 93;
  public static final int DIGEST_PRESENCE = 94;

  private WireIds() {}
}
