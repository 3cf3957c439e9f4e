/*
 * The least that a fan-out can cost on this machine: one thread sends the same bytes to many
 * sockets on loopback and does nothing else. Carillon's figures mean something beside these.
 *
 *   cc -O2 -o /tmp/floor benchmarks/src/main/c/floor.c && /tmp/floor 1000 100 10
 *
 * Arguments: connections, publications per second, seconds.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { FRAME = 180, EVENTS = 1024, SECOND = 1000000000 };

static void receive(const struct sockaddr_in *address, int connections) {
  int poll = epoll_create1(0);
  for (int i = 0; i < connections; i++) {
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(client, (const struct sockaddr *)address, sizeof *address) != 0) exit(1);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = client};
    epoll_ctl(poll, EPOLL_CTL_ADD, client, &event);
  }
  static char buffer[65536];
  struct epoll_event events[EVENTS];
  for (;;) {
    int ready = epoll_wait(poll, events, EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      if (read(events[i].data.fd, buffer, sizeof buffer) <= 0) exit(0);
    }
  }
}

static double seconds(struct timeval begin, struct timeval end) {
  return (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_usec - begin.tv_usec) / 1e6;
}

int main(int count, char **arguments) {
  if (count != 4) {
    fprintf(stderr, "usage: floor CONNECTIONS PUBLICATIONS_PER_SECOND SECONDS\n");
    return 2;
  }
  int connections = atoi(arguments[1]), rate = atoi(arguments[2]), length = atoi(arguments[3]);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  bind(listener, (struct sockaddr *)&address, size);
  listen(listener, 1024);
  getsockname(listener, (struct sockaddr *)&address, &size);
  if (fork() == 0) receive(&address, connections);
  int *sockets = calloc((size_t)connections, sizeof *sockets);
  for (int i = 0; i < connections; i++) {
    int yes = 1;
    sockets[i] = accept(listener, NULL, NULL);
    setsockopt(sockets[i], IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  }
  char frame[FRAME];
  memset(frame, 'x', FRAME);
  struct rusage before, after;
  struct timespec next;
  clock_gettime(CLOCK_MONOTONIC, &next);
  getrusage(RUSAGE_SELF, &before);
  for (int round = 0; round < rate * length; round++) {
    for (int i = 0; i < connections; i++) send(sockets[i], frame, FRAME, 0);
    next.tv_nsec += SECOND / rate;
    for (; next.tv_nsec >= SECOND; next.tv_nsec -= SECOND) next.tv_sec++;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
  }
  getrusage(RUSAGE_SELF, &after);
  double millions = (double)connections * rate * length / 1e6;
  printf("CPU s per million: %.2f user, %.2f system\n",
         seconds(before.ru_utime, after.ru_utime) / millions,
         seconds(before.ru_stime, after.ru_stime) / millions);
  return 0;
}
