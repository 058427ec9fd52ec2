//! What was measured, side by side.

use crate::Pair;
use crate::load::Sample;
use crate::workload::Workload;

/// The samples of one workload.
pub struct Comparison {
    workload: &'static Workload,
    samples: Pair<Vec<Sample>>,
}

impl Comparison {
    pub fn new(workload: &'static Workload) -> Self {
        Self { workload, samples: [Vec::new(), Vec::new()] }
    }

    /// Adds what a server has reached; `place` tells which.
    pub fn add(&mut self, place: usize, sample: Sample) {
        self.samples[place].push(sample);
    }

    /// Whether restless is as fast as it has to be.
    pub fn is_met(&self) -> bool {
        self.workload.required.is_none_or(|required| self.ratio() >= required)
    }

    /// The ratio of the rates. Those of one round stand side by side in time, so that what else runs on the machine
    /// moves both.
    fn ratio(&self) -> f64 {
        let [by_hand, by_restless] = &self.samples;
        median(by_hand.iter().zip(by_restless).map(|(by_hand, by_restless)| by_restless.rate / by_hand.rate).collect())
    }

    fn medians(&self, of: impl Fn(&Sample) -> f64) -> Pair<f64> {
        self.samples.each_ref().map(|samples| median(samples.iter().map(&of).collect()))
    }

    fn row(&self) -> Row {
        let rates = self.medians(|sample| sample.rate);
        let slowest = self.medians(|sample| sample.p99);
        let cpu = self.medians(|sample| sample.cpu);
        let verdict = match self.workload.required {
            None => "",
            Some(_) if self.is_met() => "ok",
            Some(_) => "below",
        };
        [
            format!("{} {}", self.workload.name, self.workload.title),
            format!("{:.0}", rates[0]),
            format!("{:.0}", rates[1]),
            format!("{:.2}", self.ratio()),
            self.workload.required.map_or_else(String::new, |required| format!("{required:.1}")),
            verdict.to_owned(),
            format!("{:.1} / {:.1}", slowest[0], slowest[1]),
            format!("{:.0} / {:.0}", cpu[0], cpu[1]),
        ]
    }
}

type Row = [String; 8];

/// Prints a table with a row for each comparison. Where two numbers stand in a column, the first is that of the server
/// written by hand.
pub fn print(comparisons: &[Comparison]) {
    let head = ["", "by hand /s", "restless /s", "ratio", "required", "", "p99 ms", "CPU us a request"];
    print_row(&head.map(str::to_owned));
    for comparison in comparisons {
        print_row(&comparison.row());
    }
}

fn print_row([title, by_hand, restless, ratio, required, verdict, slowest, cpu]: &Row) {
    println!("{title:<26}{by_hand:>11}{restless:>13}{ratio:>7}{required:>10}  {verdict:<5}{slowest:>15}{cpu:>18}");
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() % 2 {
        0 => f64::midpoint(numbers[middle.saturating_sub(1)], numbers[middle]),
        _ => numbers[middle],
    }
}
