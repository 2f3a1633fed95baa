/** The JUnit extension: it begins and ends scenarios, and hands them what they are given. */
package workqueue.junit;
