//! Pieces put together: takes what threads have read, gives the rows of the whole, in numbers of the whole.

use super::dictionary::Dictionary;
use crate::model::{Entry, EventRows, Interner, Rest, Saying, Spot, Symbol, Tables};
use rayon::prelude::*;

/// What a thread has read.
pub(super) struct Piece {
    pub keys: [Dictionary; 3],
    pub rows: EventRows,
    pub texts: Interner,
}

/// Adds the rows of all pieces, in their order; what is in several is the same once.
pub(super) fn add(pieces: Vec<Piece>, out: &mut Tables) {
    let mut keys: [Dictionary; 3] = Default::default();
    let bases = [out.events.spots.len(), out.events.sayings.len(), out.events.rests.len()];
    let mut before = 2;
    let mut all: Vec<(Vec<Entry>, [Vec<u32>; 3], u32)> = Vec::new();
    for piece in pieces {
        let symbols: Vec<Symbol> =
            (0..piece.texts.len()).map(|i| out.texts.add(piece.texts.text(Symbol(i as u32)))).collect();
        let numbers = [0, 1, 2].map(|i: usize| {
            let own = &piece.keys[i];
            let number = |k: usize| {
                let (number, is_new) = keys[i].add(own.get(k));
                if is_new {
                    match i {
                        0 => out.events.spots.push(renamed_spot(piece.rows.spots[k], &symbols)),
                        1 => out.events.sayings.push(renamed_saying(piece.rows.sayings[k], &symbols)),
                        _ => out.events.rests.push(renamed_rest(piece.rows.rests[k].clone(), &symbols)),
                    }
                }
                bases[i] as u32 + number
            };
            (0..own.len()).map(number).collect::<Vec<u32>>()
        });
        let entries = piece.rows.pieces.into_iter().next().unwrap_or_default();
        let rows = entries.len() as u32;
        all.push((entries, numbers, before));
        before += rows;
    }
    all.par_iter_mut().for_each(|(entries, [spots, sayings, rests], before)| {
        for entry in entries {
            entry.spot = spots[entry.spot as usize];
            entry.saying = sayings[entry.saying as usize];
            entry.rest = rests[entry.rest as usize];
            entry.row += *before;
        }
    });
    out.events.pieces.extend(all.into_iter().map(|(entries, ..)| entries));
}

fn renamed_spot(spot: Spot, symbols: &[Symbol]) -> Spot {
    Spot { place: symbols[spot.place.0 as usize], ..spot }
}

fn renamed_saying(said: Saying, symbols: &[Symbol]) -> Saying {
    let new = |symbol: Symbol| symbols[symbol.0 as usize];
    Saying {
        actors: new(said.actors),
        opponents: new(said.opponents),
        sources: new(said.sources),
        claimant: new(said.claimant),
        ..said
    }
}

fn renamed_rest(mut rest: Rest, symbols: &[Symbol]) -> Rest {
    let new = |symbol: &mut Symbol| *symbol = symbols[symbol.0 as usize];
    new(&mut rest.id);
    new(&mut rest.supersedes);
    let dates = [&mut rest.date, &mut rest.until, &mut rest.observed, &mut rest.reported];
    dates.into_iter().flatten().for_each(|date| new(&mut date.text));
    rest.text.iter_mut().flat_map(|text| &mut text.own).for_each(|(column, _)| new(column));
    rest
}
