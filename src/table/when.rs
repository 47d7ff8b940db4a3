//! The `date` column.

use crate::model::{Moment, Offset};

/// The text of a moment: the day where it is the day's last second, else the instant in UTC.
pub fn label(moment: Moment, offset: Offset) -> String {
    let day = offset.day_of(moment);
    if offset.end_of(day) == moment {
        return day.to_string();
    }
    let utc = Offset::default();
    let second = moment.0 - utc.start_of(utc.day_of(moment)).0;
    format!("{}T{:02}:{:02}:{:02}Z", utc.day_of(moment), second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::label;
    use crate::model::{Day, Moment, Offset};

    #[test]
    fn a_day_is_a_day_in_its_own_time_zone_and_an_instant_is_one_in_utc() {
        let damascus = Offset(3 * 3600);
        assert_eq!(label(damascus.end_of(Day(0)), damascus), "1970-01-01");
        assert_eq!(label(Moment(3661), damascus), "1970-01-01T01:01:01Z");
        assert_eq!(label(Moment(-1), Offset::default()), "1969-12-31");
    }
}
