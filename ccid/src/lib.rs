//! Host side of USB smart-card readers and the My Number card, sans-IO, with a WebUSB back end.
