package io.github.typedbcloud.simulator;

/** What the service answers, and how that comes to the client. */
record Reply(ApiResponse answer, ResponseDelivery delivery) {}
