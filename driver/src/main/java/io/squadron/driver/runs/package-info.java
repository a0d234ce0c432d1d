/**
 * Runs as an operator sees them: the heartbeat that a running one leaves in its directory, the request to stop that it finds
 * there, and the state that can be told from both and from its history.
 */
package io.squadron.driver.runs;
